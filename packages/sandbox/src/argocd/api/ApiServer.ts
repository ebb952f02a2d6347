import {
  createServer,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from 'node:http';
import { type AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { isError } from '@backstage/errors';
import { type Log } from '../../Log';
import { type Faults } from './Faults';
import { GrpcError } from './GrpcError';
import { type Call, matchRoute, type Route } from './Route';
import { Traffic } from './Traffic';
import { Trickle } from './Trickle';
import { readSession, type Session, unauthenticated } from './tokens';

const MAX_BODY = 50 << 20;

const compressed = promisify(gzip);

interface Exchange {
  url: URL;
  request: IncomingMessage;
  response: ServerResponse;
}

/** Argo CD's API server as HTTP shows it: gateway errors, content types, sessions. */
export class ApiServer {
  readonly traffic = new Traffic();
  readonly #server: Server;
  readonly #routes: readonly Route[];
  readonly #accounts: ReadonlySet<string>;
  readonly #faults: Faults;
  readonly #log: Log;
  readonly #page: (
    request: IncomingMessage,
    response: ServerResponse,
  ) => Promise<boolean>;

  constructor(parts: {
    routes: readonly Route[];
    accounts: ReadonlySet<string>;
    faults: Faults;
    log: Log;
    /** Answers what is not of the API; false if it has nothing there either. */
    page(request: IncomingMessage, response: ServerResponse): Promise<boolean>;
  }) {
    this.#routes = parts.routes;
    this.#accounts = parts.accounts;
    this.#faults = parts.faults;
    this.#log = parts.log;
    this.#page = parts.page;
    this.#server = createServer((request, response) => {
      this.#handle(request, response).catch(error => {
        this.#log(`argocd: ${isError(error) ? error.stack : String(error)}`);
        if (response.headersSent) response.destroy();
        else sendText(response, 500, 'Internal Server Error');
      });
    });
    this.#server.on('connection', socket => this.traffic.follow(socket));
    this.#server.keepAliveTimeout = 60_000;
  }

  /** @returns the port it listens on */
  listen(port: number): Promise<number> {
    return new Promise((resolve, reject) => {
      this.#server.once('error', reject);
      this.#server.listen(port, '127.0.0.1', () => {
        this.#server.off('error', reject);
        resolve((this.#server.address() as AddressInfo).port);
      });
    });
  }

  stop(): Promise<void> {
    return new Promise(resolve => {
      this.#server.close(() => resolve());
      this.#server.closeAllConnections();
    });
  }

  async #handle(
    request: IncomingMessage,
    response: ServerResponse,
  ): Promise<void> {
    const url = new URL(request.url ?? '/', 'http://localhost');
    if (!isApi(url.pathname)) {
      if (!(await this.#page(request, response))) {
        sendText(response, 404, 'Not Found');
      }
      return;
    }
    const method = request.method ?? 'GET';
    const match = matchRoute(this.#routes, method, url.pathname);
    const path = typeof match === 'string' ? undefined : match.route.path;
    if (await this.#isInTrouble(response, path)) return;
    if (hasWrongContentType(request, url.pathname)) {
      sendText(response, 415, 'Invalid content type');
      return;
    }
    if (match === 'no such path') sendText(response, 404, 'Not Found');
    else if (match === 'wrong method') {
      sendText(response, 405, 'Method Not Allowed');
    } else await this.#call(match, { url, request, response });
  }

  /** @returns whether the trouble was the answer. */
  async #isInTrouble(
    response: ServerResponse,
    path: string | undefined,
  ): Promise<boolean> {
    const delayMs = this.#faults.delayOf(path);
    if (delayMs > 0) await sleep(delayMs);
    const { stopped, limited } = this.#faults;
    const unavailable = this.#faults.unavailable || this.#faults.takeFailure();
    if (stopped) response.destroy();
    else if (unavailable) sendText(response, 503, 'upstream connect error');
    else if (limited) {
      response.setHeader('Retry-After', '5');
      sendText(response, 429, 'local_rate_limited');
    }
    return stopped || unavailable || limited;
  }

  async #call(
    { route, params }: { route: Route; params: Record<string, string> },
    exchange: Exchange,
  ): Promise<void> {
    const { url, request, response } = exchange;
    this.traffic.called(route);
    try {
      const rawBody = await readBody(request);
      const call: Call = {
        params,
        query: url.searchParams,
        headers: request.headers,
        rawBody,
        body: parseBody(rawBody),
        session: () => this.#session(request),
      };
      if (route.stream) route.stream(call, response);
      else await this.#send(exchange, 200, await route.answer?.(call));
    } catch (error) {
      const known =
        error instanceof GrpcError
          ? error
          : new GrpcError('Unknown', isError(error) ? error.message : '');
      await this.#send(exchange, known.status, known.body);
    }
  }

  #session(request: IncomingMessage): Session {
    if (this.#faults.unauthorised) {
      throw unauthenticated(
        'invalid session: token signature is invalid: signature is invalid',
      );
    }
    return readSession(request.headers, this.#accounts, Date.now());
  }

  async #send(
    { request, response }: Exchange,
    status: number,
    body: unknown,
  ): Promise<void> {
    const whole = body === undefined ? '' : JSON.stringify(body);
    const text = this.#faults.truncated
      ? whole.slice(0, whole.length / 2)
      : whole;
    const isCompressed = acceptsGzip(request);
    const sent = isCompressed ? await compressed(text) : text;
    response.writeHead(status, {
      'Content-Type': 'application/json',
      'Grpc-Metadata-Content-Type': 'application/grpc',
      ...(isCompressed && {
        'Content-Encoding': 'gzip',
        Vary: 'Accept-Encoding',
      }),
    });
    new Trickle(response, () => this.#faults.dribbling).end(sent);
  }
}

/** `--enable-gzip` is on by default; server/server.go leaves event streams as they are. */
function acceptsGzip({ headers }: IncomingMessage): boolean {
  return (
    headers.accept !== 'text/event-stream' &&
    /\bgzip\b/.test(String(headers['accept-encoding'] ?? ''))
  );
}

function isApi(path: string): boolean {
  return path.startsWith('/api/') || path === '/healthz';
}

/** Compared whole: `application/json; charset=utf-8` is refused too. */
function hasWrongContentType(request: IncomingMessage, path: string): boolean {
  return (
    request.method !== 'GET' &&
    path !== '/api/webhook' &&
    request.headers['content-type'] !== 'application/json'
  );
}

export function sendText(
  response: ServerResponse,
  status: number,
  text: string,
): void {
  response.writeHead(status, {
    'Content-Type': 'text/plain; charset=utf-8',
    'X-Content-Type-Options': 'nosniff',
  });
  response.end(`${text}\n`);
}

export async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    size += (chunk as Buffer).length;
    if (size > MAX_BODY) {
      throw new GrpcError('InvalidArgument', 'request body too large');
    }
    chunks.push(chunk as Buffer);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function parseBody(text: string): unknown {
  if (text === '') return {};
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    const reason = isError(error) ? error.message : '';
    throw new GrpcError('InvalidArgument', reason);
  }
}
