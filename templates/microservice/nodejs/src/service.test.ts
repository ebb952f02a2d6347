import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { createLog } from './log.ts';
import { type Routes } from './routes.ts';
import { type Service, startService } from './service.ts';

const AT_ONCE = { drainMs: 0, graceMs: 1000 };

describe('the service', () => {
  const lines: Record<string, unknown>[] = [];
  let service: Service;

  before(async () => {
    service = await start({
      routes: {
        'GET /greeting': () => ({ body: 'Good morning' }),
        'POST /greeting': () => ({ status: 201, body: { saved: true } }),
        'GET /broken': () => {
          throw new Error('the secret reason');
        },
      },
      write: line => lines.push(JSON.parse(line)),
    });
  });
  after(() => service.stop(AT_ONCE));

  const get = (path: string, init?: RequestInit) =>
    fetch(`http://localhost:${service.port}${path}`, init);

  it('answers by method and path', async () => {
    const got = await get('/greeting?to=you');
    assert.equal(got.status, 200);
    assert.equal(await got.json(), 'Good morning');

    const posted = await get('/greeting', { method: 'POST' });
    assert.equal(posted.status, 201);
  });

  it('is alive and ready', async () => {
    assert.equal((await get('/healthz')).status, 200);
    assert.equal((await get('/readyz')).status, 200);
  });

  it('says what it does not know', async () => {
    const response = await get('/nowhere');
    assert.equal(response.status, 404);
    assert.deepEqual(await response.json(), {
      error: 'There is no GET /nowhere',
    });
  });

  it('keeps the reason of a failure to its log', async () => {
    const response = await get('/broken');
    assert.equal(response.status, 500);
    assert.doesNotMatch(await response.text(), /secret/);

    const logged = lines.find(line => line.level === 'error');
    assert.match(String(logged?.error), /the secret reason/);
  });

  it('counts requests by route and status', async () => {
    await get('/greeting');
    await get('/no-such-page');

    const metrics = await (await get('/metrics')).text();
    assert.match(
      metrics,
      /http_request_duration_seconds_count\{route="GET \/greeting",status="200"\} \d/,
    );
    // One series for all of them: a caller must not be able to make series.
    assert.doesNotMatch(metrics, /no-such-page/);
    assert.match(metrics, /process_cpu_seconds_total/);
  });

  it('logs requests, but not the probes of the platform', () => {
    const requests = lines.map(line => line.request);
    assert.ok(requests.includes('GET /greeting'));
    assert.ok(!requests.includes('GET /readyz'));
  });
});

describe('stopping', () => {
  it('is not ready at once, and still answers while it drains', async () => {
    const service = await start({});
    const address = `http://localhost:${service.port}`;

    const stopped = service.stop({ drainMs: 1000, graceMs: 1000 });
    const ready = await fetch(`${address}/readyz`);
    assert.equal(ready.status, 503);
    assert.equal(ready.headers.get('connection'), 'close');
    assert.equal((await fetch(`${address}/healthz`)).status, 200);

    await stopped;
    await assert.rejects(fetch(`${address}/healthz`));
  });

  it('finishes what is under way', async () => {
    const begun = Promise.withResolvers<void>();
    const finish = Promise.withResolvers<void>();
    const service = await start({
      routes: {
        'GET /slow': async () => {
          begun.resolve();
          await finish.promise;
          return { body: 'finished' };
        },
      },
    });

    const response = fetch(`http://localhost:${service.port}/slow`);
    await begun.promise;
    const stopped = service.stop({ drainMs: 0, graceMs: 10_000 });
    finish.resolve();

    assert.equal(await (await response).json(), 'finished');
    await stopped;
  });

  it('does not wait for ever', async () => {
    const begun = Promise.withResolvers<void>();
    const service = await start({
      routes: {
        'GET /stuck': () => {
          begun.resolve();
          return new Promise(() => {});
        },
      },
    });

    const response = fetch(`http://localhost:${service.port}/stuck`);
    const refused = assert.rejects(response);
    await begun.promise;
    await service.stop({ drainMs: 0, graceMs: 50 });
    await refused;
  });
});

function start(options: {
  routes?: Routes;
  write?: (line: string) => void;
}): Promise<Service> {
  return startService({
    port: 0,
    routes: options.routes ?? {},
    log: createLog(options.write ?? (() => {})),
  });
}
