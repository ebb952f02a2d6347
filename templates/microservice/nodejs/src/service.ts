import { once } from 'node:events';
import {
  createServer,
  type IncomingMessage,
  type ServerResponse,
} from 'node:http';
import { type AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Log } from './log.ts';
import { createMetrics } from './metrics.ts';
import { type Reply, type Routes } from './routes.ts';

/** A running HTTP service. */
export interface Service {
  readonly port: number;
  /**
   * Says "not ready" and goes on answering for `drainMs`, until everybody sends
   * new requests elsewhere; then finishes what is under way, for `graceMs` at
   * most.
   */
  stop(options: { drainMs: number; graceMs: number }): Promise<void>;
}

/** Serves the routes, and what the platform asks for. */
export async function startService(options: {
  port: number;
  routes: Routes;
  log: Log;
}): Promise<Service> {
  const { log } = options;
  const metrics = createMetrics();
  let ready = true;

  const platform: Routes = {
    'GET /healthz': () => ({ body: { status: 'alive' } }),
    'GET /readyz': () =>
      ready
        ? { body: { status: 'ready' } }
        : { status: 503, body: { status: 'stopping' } },
  };
  const routes: Routes = { ...options.routes, ...platform };

  async function answer(request: IncomingMessage, response: ServerResponse) {
    if (!ready) {
      response.setHeader('Connection', 'close');
    }
    const [path] = (request.url ?? '/').split('?');
    const name = `${request.method} ${path}`;
    if (name === 'GET /metrics') {
      response.setHeader('Content-Type', metrics.contentType);
      response.end(await metrics.text());
      return;
    }
    const route = Object.hasOwn(routes, name) ? routes[name] : undefined;
    const done = metrics.startRequest(route ? name : 'other');
    const reply = route
      ? await replyOf(name, () => route(request))
      : { status: 404, body: { error: `There is no ${name}` } };
    const status = reply.status ?? 200;
    response.statusCode = status;
    response.setHeader('Content-Type', 'application/json');
    response.end(JSON.stringify(reply.body));
    const seconds = done(status);
    if (!Object.hasOwn(platform, name)) {
      log.info('Answered', { request: name, status, seconds });
    }
  }

  async function replyOf(
    name: string,
    handle: () => Reply | Promise<Reply>,
  ): Promise<Reply> {
    try {
      return await handle();
    } catch (error) {
      log.error('Failed', { request: name, error });
      // The reason stays in the log: it may tell more than a caller may know.
      return { status: 500, body: { error: 'Something broke here' } };
    }
  }

  const server = createServer((request, response) => {
    answer(request, response).catch(error => {
      log.error('No answer', { error });
      response.destroy();
    });
  });
  server.listen(options.port);
  await once(server, 'listening');

  return {
    port: (server.address() as AddressInfo).port,
    async stop({ drainMs, graceMs }) {
      ready = false;
      await sleep(drainMs);
      const closed = once(server, 'close');
      server.close();
      const impatience = setTimeout(
        () => server.closeAllConnections(),
        graceMs,
      );
      await closed;
      clearTimeout(impatience);
    },
  };
}
