import {
  type IncomingMessage,
  type RequestListener,
  type ServerResponse,
} from 'node:http';
import { argoJson } from '../__testUtils__/argoApplication';
import { startHttpServer } from '../__testUtils__/startHttpServer';
import { ArgocdCalls } from './ArgocdCalls';
import { ArgocdClient } from './ArgocdClient';
import { ArgocdDetailClient } from './ArgocdDetailClient';
import { ArgocdError } from './ArgocdError';
import { type ArgocdAuth } from './ArgocdSession';

const CART = { namespace: 'argocd', name: 'cart', project: 'services-dev' };
const TOKEN = 'eyJ.secret.token';

const TIMEOUTS = {
  connectMs: 300,
  firstByteMs: 300,
  refreshMs: 600,
  silenceMs: 300,
  streamSilenceMs: 300,
};

const stops: (() => Promise<void>)[] = [];

afterEach(async () => {
  await Promise.all(stops.splice(0).map(stop => stop()));
});

async function connect(
  listener: RequestListener,
  auth: ArgocdAuth = { token: TOKEN },
) {
  const requests: IncomingMessage[] = [];
  const server = await startHttpServer((req, res) => {
    requests.push(req);
    listener(req, res);
  });
  const calls = new ArgocdCalls({
    apiUrl: `${server.url}/base/`,
    auth,
    timeouts: TIMEOUTS,
  });
  const client = new ArgocdClient(calls);
  stops.push(async () => {
    await calls.close();
    await server.stop();
  });
  const details = new ArgocdDetailClient(calls);
  return { client, details, calls, requests, server };
}

function sendJson(res: ServerResponse, body: unknown, status = 200) {
  res.writeHead(status, { 'Content-Type': 'application/json' });
  res.end(JSON.stringify(body));
}

async function failureOfCall(call: Promise<unknown>): Promise<ArgocdError> {
  const error = await call.then(
    () => undefined,
    thrown => thrown,
  );
  expect(error).toBeInstanceOf(ArgocdError);
  return error as ArgocdError;
}

describe('ArgocdClient', () => {
  it('lists applications below the path of the address, projected', async () => {
    const { client, requests } = await connect((_, res) =>
      sendJson(res, { metadata: {}, items: [argoJson()] }),
    );

    const [application] = await client.list();

    expect(application?.metadata.name).toBe('cart-dev-dev');
    const url = new URL(requests[0]?.url ?? '', 'http://x');
    expect(url.pathname).toBe('/base/api/v1/applications');
    expect(url.searchParams.get('fields')).toContain('items.status.health');
    expect(requests[0]?.headers.authorization).toBe(`Bearer ${TOKEN}`);
  });

  it('leaves out what it cannot read, and keeps the rest', async () => {
    const { client } = await connect((_, res) =>
      sendJson(res, {
        items: [
          null,
          {},
          { metadata: { name: '../x', namespace: 'argocd' }, spec: {} },
          argoJson(),
        ],
      }),
    );

    expect(await client.list()).toHaveLength(1);
  });

  it('takes an empty list in both spellings', async () => {
    const { client } = await connect((_, res) =>
      sendJson(res, { items: null }),
    );

    expect(await client.list()).toEqual([]);
  });

  it('sends namespace and project along, so that missing is not forbidden', async () => {
    const { client, requests } = await connect((_, res) =>
      sendJson(res, argoJson()),
    );

    await client.get(CART);

    expect(requests[0]?.url).toBe(
      '/base/api/v1/applications/cart?appNamespace=argocd&project=services-dev',
    );
  });

  it('asks for the manifests of each source', async () => {
    const { client, requests } = await connect((_, res) =>
      sendJson(res, { manifests: ['{}'] }),
    );

    await client.manifests(CART, { revisions: ['1.4', 'abc'] });

    expect(requests[0]?.url).toBe(
      '/base/api/v1/applications/cart/manifests?appNamespace=argocd&project=services-dev&revisions=1.4&revisions=abc&sourcePositions=1&sourcePositions=2',
    );
  });

  it('encodes a revision', async () => {
    const { client, requests } = await connect((_, res) => sendJson(res, {}));

    await client.manifests(CART, { revision: 'a&project=b#/../?' });

    const url = new URL(requests[0]?.url ?? '', 'http://x');
    expect(url.searchParams.getAll('project')).toEqual(['services-dev']);
    expect(url.searchParams.get('revision')).toBe('a&project=b#/../?');
  });

  it.each([
    '..',
    '../../session',
    'a/b',
    'a%2Fb',
    'a%252Fb',
    'a?project=x',
    'a#b',
    'a&b',
    'a\u0000',
    'A',
    '',
    'x'.repeat(300),
  ])('never sends the name %j', async name => {
    const { client, details, requests } = await connect((_, res) =>
      sendJson(res, {}),
    );
    const log = { previous: false, lines: 1, namespace: 'x', pod: 'x' };

    for (const call of [
      client.get({ ...CART, name }),
      details.get({ ...CART, name }),
      details.refresh({ ...CART, name }, 'normal'),
      details.tree({ ...CART, namespace: name }),
      details.states({ ...CART, name }),
      details.events({ ...CART, name }),
      details.syncWindows({ ...CART, name }),
      details.terminate({ ...CART, name }),
      details.sync(
        { ...CART, name },
        { prune: false, dryRun: true, infos: [] },
      ),
      details.log(CART, { ...log, pod: name }),
      details.log(CART, { ...log, namespace: name }),
      details.log(CART, { ...log, container: name }),
      client.manifests({ ...CART, name }, { revision: 'x' }),
      client.liveResources({ ...CART, namespace: name }),
      // An empty project is none.
      ...(name ? [client.get({ ...CART, project: name })] : []),
    ]) {
      expect((await failureOfCall(call)).failure).toBe('refused');
    }
    expect(requests).toEqual([]);
  });

  describe('where something fails', () => {
    it.each([
      [401, 'unauthorised'],
      [403, 'unauthorised'],
      [429, 'limited'],
      [502, 'unreachable'],
      [503, 'unreachable'],
      [500, 'refused'],
      [404, 'refused'],
    ])('takes %i for %s', async (status, failure) => {
      const { client } = await connect((_, res) =>
        sendJson(res, { code: 2, message: 'no' }, status),
      );

      expect((await failureOfCall(client.list())).failure).toBe(failure);
    });

    it.each<[string, RequestListener]>([
      ['answers with a web page', (_, res) => res.end('<html>Sign in</html>')],
      ['answers with other JSON', (_, res) => res.end('{"items":{}}')],
      [
        'is cut off',
        (_, res) => {
          res.writeHead(200, { 'Content-Length': '1000' });
          res.write('{"items":[');
          setTimeout(() => res.destroy(), 20);
        },
      ],
      ['never answers', () => {}],
      [
        'goes silent',
        (_, res) => {
          res.write('{"items":[');
        },
      ],
      [
        'redirects',
        (_, res) => {
          res.writeHead(302, { Location: 'http://127.0.0.1:1/' });
          res.end();
        },
      ],
    ])('takes for unreachable what %s', async (_, listener) => {
      const { client } = await connect(listener);

      expect((await failureOfCall(client.list())).failure).toBe('unreachable');
    });

    it('follows no redirect, which could carry the token anywhere', async () => {
      const other = await connect((_, res) => sendJson(res, { items: [] }));
      const { client } = await connect((_, res) => {
        res.writeHead(307, { Location: `${other.server.url}/` });
        res.end();
      });

      const error = await failureOfCall(client.list());

      expect(error.message).toContain('redirects');
      expect(other.requests).toEqual([]);
    });

    it('takes for unreachable what refuses connections', async () => {
      const { client, calls, server } = await connect(() => {});
      await server.stop();

      const error = await failureOfCall(client.list());

      expect(error.failure).toBe('unreachable');
      expect(error.message).toContain('it refuses connections');
      stops.splice(0);
      await calls.close();
    });

    it('tells neither address nor credentials', async () => {
      const { client, server } = await connect((_, res) => res.destroy());

      const error = await failureOfCall(client.list());

      const told = [
        error.message,
        error.stack,
        error.detail,
        JSON.stringify(error),
        JSON.stringify(Object.getOwnPropertyDescriptors(error)),
      ].join(' ');
      expect(error.cause).toBeUndefined();
      expect(told).not.toContain(new URL(server.url).port);
      expect(told).not.toContain(TOKEN);
    });
  });

  it('waits longer for a refresh', async () => {
    const { details, requests } = await connect((_, res) => {
      setTimeout(() => sendJson(res, argoJson()), 400);
    });

    await details.refresh(CART, 'normal');

    expect(requests[0]?.url).toContain('refresh=normal');
  });

  describe('with user name and password', () => {
    const auth = { username: 'admin', password: 'pass word' };

    it('logs in as Argo CD wants it, and once', async () => {
      let body = '';
      const { client, requests } = await connect((req, res) => {
        if (req.method === 'POST') {
          req.on('data', chunk => {
            body += chunk;
          });
          req.on('end', () => sendJson(res, { token: 'a.b.c' }));
        } else {
          sendJson(res, { items: [] });
        }
      }, auth);

      await client.list();
      await client.list();

      expect(
        requests.map(({ method, url }) => [method, url?.split('?')[0]]),
      ).toEqual([
        ['POST', '/base/api/v1/session'],
        ['GET', '/base/api/v1/applications'],
        ['GET', '/base/api/v1/applications'],
      ]);
      expect(JSON.parse(body)).toEqual(auth);
      expect(requests[0]?.headers['content-type']).toBe('application/json');
      expect(requests[0]?.headers.authorization).toBeUndefined();
      expect(requests[1]?.headers.authorization).toBe('Bearer a.b.c');
    });

    it('logs in again when the session was ended', async () => {
      let logins = 0;
      const { client } = await connect((req, res) => {
        if (req.method === 'POST') {
          logins += 1;
          sendJson(res, { token: `token.${logins}.x` });
        } else if (req.headers.authorization === 'Bearer token.2.x') {
          sendJson(res, { items: [] });
        } else {
          sendJson(res, { code: 16 }, 401);
        }
      }, auth);

      expect(await client.list()).toEqual([]);
      expect(logins).toBe(2);
    });

    it('takes a refused login for unauthorised', async () => {
      const { client } = await connect(
        (_, res) =>
          sendJson(res, { message: 'Invalid username or password' }, 401),
        auth,
      );

      expect((await failureOfCall(client.list())).failure).toBe('unauthorised');
    });
  });

  describe('watching', () => {
    async function watchAll(client: ArgocdClient) {
      const seen: string[] = [];
      let signsOfLife = 0;
      for await (const { type, application } of client.watch({
        signal: new AbortController().signal,
        onBytes: () => {
          signsOfLife += 1;
        },
      })) {
        seen.push(`${type} ${application.metadata.name}`);
      }
      return { seen, signsOfLife };
    }

    const event = (type: string, application: unknown = argoJson()) =>
      `data: ${JSON.stringify({ result: { type, application } })} \n\n\n`;

    it('tells of applications until the server ends the stream', async () => {
      const { client, requests } = await connect((_, res) => {
        res.write(event('ADDED'));
        res.write(event('MODIFIED'));
        res.write(event('MODIFIED', { garbage: true }));
        res.end(event('DELETED'));
      });

      const { seen } = await watchAll(client);

      expect(seen).toEqual([
        'changed cart-dev-dev',
        'changed cart-dev-dev',
        'deleted cart-dev-dev',
      ]);
      expect(requests[0]?.headers.accept).toBe('text/event-stream');
      const url = new URL(requests[0]?.url ?? '', 'http://x');
      expect(url.pathname).toBe('/base/api/v1/stream/applications');
      // Otherwise Argo CD filters its error messages away.
      expect(url.searchParams.get('fields')).toMatch(/,error$/);
    });

    it('waits without end for the first event', async () => {
      const { client } = await connect((_, res) => {
        setTimeout(() => res.end(event('ADDED')), 2 * TIMEOUTS.firstByteMs);
      });

      expect((await watchAll(client)).seen).toHaveLength(1);
    });

    it('lives on keep-alives', async () => {
      const { client } = await connect((_, res) => {
        res.write(event('ADDED'));
        const keepAlive = setInterval(() => res.write(':\n'), 100);
        setTimeout(() => {
          clearInterval(keepAlive);
          res.end();
        }, 2 * TIMEOUTS.streamSilenceMs);
      });

      expect((await watchAll(client)).signsOfLife).toBeGreaterThan(3);
    });

    it.each<[string, (res: ServerResponse) => void, string]>([
      ['goes silent', res => res.write(event('ADDED')), 'unreachable'],
      ['sends garbage', res => res.end('data: {"x":1}\n\n'), 'unreachable'],
      ['sends no JSON', res => res.end('data: hello\n\n'), 'unreachable'],
      [
        'tells of an error',
        res =>
          res.end(
            'data: {"error":{"grpc_code":16,"http_code":401,"message":"no"}} \n\n\n',
          ),
        'unauthorised',
      ],
    ])('fails if the stream %s', async (_, answer, failure) => {
      const { client } = await connect((__, res) => answer(res));

      expect((await failureOfCall(watchAll(client))).failure).toBe(failure);
    });

    it('ends when it is told to', async () => {
      const { client } = await connect((_, res) => res.write(event('ADDED')));
      const stop = new AbortController();
      const watching = (async () => {
        for await (const _ of client.watch({
          signal: stop.signal,
          onBytes: () => {},
        })) {
          stop.abort();
        }
      })();

      expect((await failureOfCall(watching)).failure).toBe('unreachable');
    });
  });
});
