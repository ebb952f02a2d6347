import { createHmac } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { type AddressInfo } from 'node:net';
import {
  startTestHosting,
  type TestHosting,
} from './__testUtils__/testHosting';

interface Received {
  readonly event: string;
  readonly signature: string;
  readonly body: string;
}

/** Somebody who gets webhooks. */
async function startReceiver(): Promise<{
  url: string;
  server: Server;
  next(event: string): Promise<Received>;
}> {
  const received: Received[] = [];
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request as AsyncIterable<Buffer>) {
      chunks.push(chunk);
    }
    received.push({
      event: String(request.headers['x-github-event']),
      signature: String(request.headers['x-hub-signature-256']),
      body: Buffer.concat(chunks).toString('utf8'),
    });
    response.writeHead(202).end();
    server.emit('received');
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/hook`,
    server,
    async next(event) {
      for (;;) {
        const at = received.findIndex(item => item.event === event);
        const [found] = at >= 0 ? received.splice(at, 1) : [];
        if (found) return found;
        await once(server, 'received');
      }
    },
  };
}

describe('the Git hosting', () => {
  const secret = 'hush';
  let receiver: Awaited<ReturnType<typeof startReceiver>>;
  let world: TestHosting;

  beforeAll(async () => {
    receiver = await startReceiver();
    world = await startTestHosting();
    world.hosting.admin.setOrganizationHook('acme', {
      url: receiver.url,
      secret,
    });
  });

  afterAll(async () => {
    await world.remove();
    receiver.server.close();
  });

  afterEach(() => world.hosting.admin.setFaults([]));

  function api(path: string, init: RequestInit & { token?: string } = {}) {
    const { token, headers, ...rest } = init;
    return fetch(`${world.hosting.url}/api/v3${path}`, {
      ...rest,
      redirect: 'manual',
      headers: {
        ...(token && { authorization: `token ${token}` }),
        ...(headers as Record<string, string>),
      },
    });
  }

  function put(path: string, content: string, extra: object = {}) {
    return api(`/repos/acme/hello/contents/${path}`, {
      method: 'PUT',
      token: 'sandbox-tom',
      body: JSON.stringify({
        message: `Write ${path}`,
        content: Buffer.from(content).toString('base64'),
        ...extra,
      }),
    });
  }

  it('says who answers and what is left, as GitHub does', async () => {
    const response = await api('/repos/acme/hello', { token: 'sandbox-tom' });
    expect(response.status).toBe(200);
    const { headers } = response;
    expect(headers.get('x-github-request-id')).toMatch(/^[0-9A-F:]+$/);
    expect(Number(headers.get('x-ratelimit-remaining'))).toBeGreaterThan(0);
  });

  it('refuses a wrong token even for reading', async () => {
    const response = await api('/repos/acme/hello', { token: 'wrong' });
    expect(response.status).toBe(401);
    expect(await response.json()).toMatchObject({ message: 'Bad credentials' });
  });

  it('asks for a token to write, and for membership', async () => {
    const request = { method: 'POST', body: '{"content":""}' };
    const path = '/repos/acme/hello/git/blobs';
    expect((await api(path, request)).status).toBe(401);
    const outsider = { ...request, token: 'sandbox-reader' };
    expect((await api(path, outsider)).status).toBe(403);
  });

  it('answers 304 while nothing has changed', async () => {
    const first = await api('/repos/acme/hello');
    const etag = first.headers.get('etag') ?? '';
    const headers = { 'if-none-match': etag };
    const second = await api('/repos/acme/hello', { headers });
    expect(second.status).toBe(304);
    expect(await second.text()).toBe('');

    await put('etag.txt', 'changed');
    const third = await api('/repos/acme/hello', { headers });
    expect(third.status).toBe(200);
  });

  it('gives files raw, whichever way their path is encoded', async () => {
    const accept = 'application/vnd.github.v3.raw';
    for (const path of ['src/index.ts', 'src%2Findex.ts']) {
      const url = `/repos/acme/hello/contents/${path}?ref=main`;
      const response = await api(url, { headers: { accept } });
      expect(await response.text()).toBe('export const answer = 43;\n');
      const again = await api(url, {
        headers: {
          accept,
          'if-none-match': response.headers.get('etag') ?? '',
        },
      });
      expect(again.status).toBe(304);
    }
  });

  it('pages through lists by links', async () => {
    const first = await api('/repos/acme/hello/commits?per_page=1');
    const link = first.headers.get('link') ?? '';
    const total = Number(/[?&]page=(\d+)>; rel="last"/.exec(link)?.[1]);
    expect(total).toBeGreaterThanOrEqual(2);
    const next = /<([^>]+)>; rel="next"/.exec(link)?.[1] ?? '';
    const second = await fetch(next);
    expect(await second.json()).toHaveLength(1);
    expect(second.headers.get('link')).toContain('rel="prev"');
    const last = await api(
      `/repos/acme/hello/commits?per_page=1&page=${total}`,
    );
    expect(last.headers.get('link')).not.toContain('rel="next"');
  });

  it('tells the history of one file only, if asked', async () => {
    const response = await api('/repos/acme/hello/commits?path=src/index.ts');
    const commits = (await response.json()) as {
      commit: { message: string };
    }[];
    expect(commits.map(({ commit }) => commit.message.split('\n')[0])).toEqual([
      'Answer better',
      'Begin',
    ]);
  });

  it('tells apart what has changed, what is missing and what is wrong', async () => {
    expect((await put('a.txt', 'one')).status).toBe(201);
    expect((await put('a.txt', 'two')).status).toBe(422);
    const stale = { sha: '0'.repeat(40) };
    expect((await put('a.txt', 'two', stale)).status).toBe(409);
    expect((await put('b.txt', '', { branch: 'no' })).status).toBe(404);
    const token = 'sandbox-tom';
    const broken = { method: 'POST', token, body: '{' };
    expect((await api('/repos/acme/hello/git/trees', broken)).status).toBe(400);
    const incomplete = { method: 'POST', token, body: '{}' };
    const refused = await api('/repos/acme/hello/git/refs', incomplete);
    expect(await refused.json()).toMatchObject({
      message: `Invalid request.\n\n"ref" wasn't supplied.`,
    });
    expect(refused.status).toBe(422);
    expect((await api('/repos/acme/missing')).status).toBe(404);
  });

  it('lets nobody write outside of the repository', async () => {
    for (const path of ['..%2Fx', '.git%2Fconfig', 'a%2F%2Fb']) {
      expect((await put(path, 'x')).status).toBe(422);
    }
    const body = { ref: 'refs/heads/../../../x', sha: '0'.repeat(40) };
    const response = await api('/repos/acme/hello/git/refs', {
      method: 'POST',
      token: 'sandbox-tom',
      body: JSON.stringify(body),
    });
    expect(response.status).toBe(422);
  });

  it('says that something is not in the sandbox, and logs it', async () => {
    const response = await api('/repos/acme/hello/actions/runs');
    expect(response.status).toBe(501);
    expect(world.lines).toContain(
      'Not in the sandbox: GET /repos/acme/hello/actions/runs',
    );
  });

  it('makes archived repositories read-only', async () => {
    const token = 'sandbox-tom';
    const path = '/repos/acme/old';
    const create = { method: 'POST', token, body: '{"name":"old"}' };
    await api('/orgs/acme/repos', create);
    const archive = { method: 'PATCH', token, body: '{"archived":true}' };
    expect((await api(path, archive)).status).toBe(200);
    const write = { method: 'POST', token, body: '{"content":""}' };
    const refused = await api(`${path}/git/blobs`, write);
    expect(refused.status).toBe(403);
    expect(await refused.json()).toMatchObject({
      message: 'Repository was archived so is read-only.',
    });
  });

  it('tells the bearer of a token its scopes and end, and heeds them', async () => {
    const path = '/repos/acme/hello/contents/scoped.txt';
    const body = JSON.stringify({ message: 'x', content: '' });
    const { admin } = world.hosting;
    const usual = await api('/user', { token: 'sandbox-tom' });
    expect(usual.headers.get('x-oauth-scopes')).toContain('repo');

    admin.setToken('tom', {
      scopes: ['read:user'],
      expiresAt: '2030-03-14T15:09:26.000Z',
    });
    const narrow = await api('/user', { token: 'sandbox-tom' });
    expect(narrow.headers.get('x-oauth-scopes')).toBe('read:user');
    expect(narrow.headers.get('github-authentication-token-expiration')).toBe(
      '2030-03-14 15:09:26 UTC',
    );
    const write = { method: 'PUT', body, token: 'sandbox-tom' };
    expect((await api(path, write)).status).toBe(404);
    const hooks = await api('/orgs/acme/hooks', { token: 'sandbox-tom' });
    expect(hooks.status).toBe(404);

    admin.setToken('tom', { scopes: ['repo'] });
    expect((await api(path, write)).status).toBe(201);
  });

  it('signs what it tells of pushes and pull requests', async () => {
    await put('pushed.txt', 'pushed');
    const push = await receiver.next('push').then(async first => {
      let found = first;
      while (!found.body.includes('pushed.txt')) {
        found = await receiver.next('push');
      }
      return found;
    });
    const expected = createHmac('sha256', secret).update(push.body);
    expect(push.signature).toBe(`sha256=${expected.digest('hex')}`);
    expect(JSON.parse(push.body)).toMatchObject({
      ref: 'refs/heads/main',
      repository: { full_name: 'acme/hello', default_branch: 'main' },
      organization: { login: 'acme' },
      commits: [{ added: ['pushed.txt'], removed: [], modified: [] }],
      sender: { login: 'tom' },
    });
  });

  it('fails on purpose', async () => {
    world.hosting.admin.setFaults([{ status: 502, path: '/commits' }]);
    expect((await api('/repos/acme/hello/commits')).status).toBe(502);
    expect((await api('/repos/acme/hello')).status).toBe(200);
  });

  it('takes fifty registrations by five writers at once, and loses none', async () => {
    const token = 'sandbox-callboard';
    const list = '/repos/acme/infra';
    const ask = async (method: string, path: string, body?: object) => {
      const response = await api(`${list}${path}`, {
        method,
        token,
        ...(body && { body: JSON.stringify(body) }),
      });
      const answer = (await response.json()) as { sha: string };
      return { status: response.status, answer };
    };
    const register = async (name: string): Promise<void> => {
      for (;;) {
        const { answer: ref } = await ask('GET', '/git/ref/heads/main');
        const head = (ref as unknown as { object: { sha: string } }).object.sha;
        const file = await api(
          `${list}/contents/apps/kustomization.yaml?ref=${head}`,
          { token, headers: { accept: 'application/vnd.github.raw+json' } },
        );
        const text = await file.text();
        const entry = (path: string, content: string) => ({
          path,
          mode: '100644',
          type: 'blob',
          content,
        });
        const { answer: tree } = await ask('POST', '/git/trees', {
          base_tree: head,
          tree: [
            entry('apps/kustomization.yaml', `${text}  - apps/${name}.yaml\n`),
            entry(`apps/apps/${name}.yaml`, `name: ${name}\n`),
          ],
        });
        const { answer: commit } = await ask('POST', '/git/commits', {
          message: `Register ${name}`,
          tree: tree.sha,
          parents: [head],
        });
        const { sha } = commit;
        const move = await ask('PATCH', '/git/refs/heads/main', { sha });
        if (move.status === 200) return;
        expect(move.status).toBe(422);
      }
    };
    const names = Array.from({ length: 50 }, (_, index) => `service-${index}`);
    const waiting = [...names];
    // Five writers, each with a queue of its own.
    const write = async () => {
      for (let name = waiting.pop(); name; name = waiting.pop()) {
        await register(name);
      }
    };
    await Promise.all(Array.from({ length: 5 }, write));

    const response = await api(`${list}/contents/apps/kustomization.yaml`, {
      headers: { accept: 'application/vnd.github.raw' },
    });
    const lines = (await response.text()).split('\n');
    for (const name of names) expect(lines).toContain(`  - apps/${name}.yaml`);
  }, 30_000);

  it('finds everything again after a restart', async () => {
    const before = await (await api('/repos/acme/infra')).json();
    await world.hosting.stop();
    const port = Number(new URL(world.hosting.url).port);
    world = await startTestHosting({ dataDir: world.folder, port });
    expect(await (await api('/repos/acme/infra')).json()).toEqual(before);
    const protection = await api('/repos/acme/infra/branches/main/protection', {
      token: 'sandbox-tom',
    });
    expect(protection.status).toBe(200);
  });
});
