import { accountToken, SANDBOX_ARGOCD_TOKEN } from './api/tokens';
import { isHealthy, TestArgoCd } from './testing/TestArgoCd';
import { application, serviceFiles } from './testing/manifests';
import { readStream } from './testing/readStream';

jest.setTimeout(30_000);

const POLICY = `
p, role:all, *, *, *, allow
p, reader, applications, get, services/*, allow
g, backstage, role:all
g, admin, role:all
`;
const READER = { authorization: `Bearer ${accountToken('reader')}` };

describe('the API of Argo CD', () => {
  const argocd = new TestArgoCd({ policy: POLICY });
  let sha: string;

  beforeAll(async () => {
    argocd.registry.push('ghcr.io/acme/hello', '1.0.0');
    sha = argocd.git.commit('hello', serviceFiles('hello'));
    const source = { repoURL: argocd.git.url('hello') };
    argocd.platform({ 'hello.yaml': application('hello', source) });
    await argocd.start();
    await argocd.until('hello', isHealthy);
  });

  afterAll(() => argocd.cleanUp());

  describe('refuses', () => {
    it.each([
      [
        'a call without a token',
        { authorization: '' },
        'no session information',
      ],
      [
        'a token that is none',
        { authorization: 'Bearer nonsense' },
        'no session information',
      ],
      [
        'a forged token',
        { authorization: `Bearer ${SANDBOX_ARGOCD_TOKEN}x` },
        'invalid session: token signature is invalid: signature is invalid',
      ],
      [
        'an account that does not exist',
        { authorization: `Bearer ${accountToken('nobody')}` },
        'invalid session: account nobody does not exist',
      ],
    ])('%s', async (_, headers, message) => {
      const reply = await argocd.call('/api/v1/applications', { headers });

      expect(reply.status).toBe(401);
      expect(reply.body).toEqual({ error: message, code: 16, message });
    });

    it.each([
      ['text/plain;charset=UTF-8'],
      ['application/json; charset=utf-8'],
    ])('a body of type %s', async type => {
      const reply = await argocd.call('/api/v1/applications/hello/sync', {
        method: 'POST',
        body: '{}',
        headers: { 'content-type': type },
      });

      expect(reply).toMatchObject({
        status: 415,
        type: 'text/plain; charset=utf-8',
        text: 'Invalid content type\n',
      });
    });

    it.each([
      ['GET', '/api/v1/nonsense', 404, 'Not Found\n'],
      ['GET', '/api/v1/applications/hello/nonsense', 404, 'Not Found\n'],
      ['DELETE', '/api/version', 405, 'Method Not Allowed\n'],
    ])('%s %s with %i', async (...[method, path, status, text]) => {
      const init = method === 'GET' ? {} : { method };
      expect(await argocd.call(path, init)).toMatchObject({ status, text });
    });
  });

  it.each([
    ['a missing one', 'nothing', '', 403],
    ['a missing one of a known project', 'nothing', '?project=services', 404],
    ['one of another project', 'hello', '?project=platform', 404],
    ['one of its project', 'hello', '?project=services', 200],
    ['two projects', 'hello', '?projects=services&projects=platform', 400],
  ])('answers %s (%s%s) with %i', async (...[, name, query, status]) => {
    const reply = await argocd.call(`/api/v1/applications/${name}${query}`);
    expect(reply.status).toBe(status);
  });

  it.each([
    ['root', '', 403, 'permission denied'],
    [
      'root',
      '?project=services',
      404,
      'applications.argoproj.io "root" not found',
    ],
    ['root', '?project=platform', 403, 'permission denied'],
  ])(
    'hides %s%s from a reader of services',
    async (...[name, query, status, message]) => {
      const path = `/api/v1/applications/${name}${query}`;
      const reply = await argocd.call(path, { headers: READER });
      expect(reply.status).toBe(status);
      expect(reply.body).toMatchObject({ message });
    },
  );

  it('lists only what one may see', async () => {
    type List = { items: { metadata: { name: string } }[] };
    const names = async (query: string, headers = {}) => {
      const path = `/api/v1/applications${query}`;
      const { body } = await argocd.call<List>(path, { headers });
      return body.items.map(({ metadata }) => metadata.name);
    };

    expect(await names('')).toEqual(['hello', 'root']);
    expect(await names('', READER)).toEqual(['hello']);
    expect(await names('?project=platform')).toEqual(['root']);
    expect(await names('?selector=app.kubernetes.io/name%3Dhello')).toEqual([
      'hello',
    ]);
    expect(await names('?selector=!app.kubernetes.io/name')).toEqual([]);
    expect(await names('?limit=1&unknown=x')).toEqual(['hello', 'root']);
  });

  it('answers a selector that does not parse with 500', async () => {
    const reply = await argocd.call('/api/v1/applications?selector=a%20b%20c');
    expect(reply.status).toBe(500);
    expect(reply.body).toMatchObject({
      code: 2,
      message: expect.stringContaining('error parsing the selector'),
    });
  });

  it('lists without kind and without the health of resources, gets with it', async () => {
    type Item = Record<string, unknown> & {
      status: { resources: Record<string, unknown>[] };
    };
    const list = await argocd.call<{ items: Item[] }>(
      '/api/v1/applications?name=hello',
    );
    const [listed] = list.body.items;
    const got = await argocd.call<Item>('/api/v1/applications/hello');

    expect(listed).not.toHaveProperty('kind');
    expect(listed).not.toHaveProperty('apiVersion');
    expect(listed?.status.resources[0]).not.toHaveProperty('health');
    expect(got.body.status.resources[0]).toHaveProperty('health');
  });

  it('projects a list to its whitelist of fields, absent ones as null', async () => {
    const fields = [
      'items.metadata.name',
      'items.metadata.annotations',
      'items.metadata.deletionTimestamp',
      'items.status.sync.status',
      'items.status.sync.revision',
      'items.status.history',
      'items.status.operationState.operation.sync',
    ];
    const reply = await argocd.call(
      `/api/v1/applications?name=root&fields=${fields.join(',')}`,
    );

    expect(reply.body).toEqual({
      metadata: { resourceVersion: expect.stringMatching(/^\d+$/) },
      items: [
        {
          metadata: {
            name: 'root',
            annotations: expect.anything(),
            deletionTimestamp: null,
          },
          status: {
            // `status.sync.revision` came with 3.5, `status.history` never did.
            sync: { status: 'Synced' },
            operationState: {
              operation: {
                sync: expect.objectContaining({ resources: expect.anything() }),
              },
            },
          },
        },
      ],
    });
  });

  it('answers an empty list with [], a projected one with null', async () => {
    const list = '/api/v1/applications?name=nothing';
    expect((await argocd.call(list)).body.items).toEqual([]);
    const projected = `${list}&fields=items.metadata.name`;
    expect((await argocd.call(projected)).body.items).toBeNull();
  });

  it('tells strangers its version and nothing else', async () => {
    const stranger = { headers: { authorization: '' } };
    const version = await argocd.call('/api/version', stranger);
    expect(version.body).toEqual({ Version: 'v3.3.14+sandbox' });
    const known = await argocd.call('/api/version');
    expect(known.body).toHaveProperty('KustomizeVersion');
    const user = await argocd.call('/api/v1/session/userinfo', stranger);
    expect(user).toMatchObject({ status: 200, body: {} });
  });

  it('logs in with a password', async () => {
    const logIn = (password: string) =>
      argocd.call<{ token: string }>('/api/v1/session', {
        method: 'POST',
        body: JSON.stringify({ username: 'admin', password }),
        headers: { authorization: '' },
      });

    expect(await logIn('wrong')).toMatchObject({
      status: 401,
      body: { code: 16, message: 'Invalid username or password' },
    });
    const { body } = await logIn('sandbox-admin');
    const user = await argocd.call('/api/v1/session/userinfo', {
      headers: { authorization: `Bearer ${body.token}` },
    });
    expect(user.body).toMatchObject({ loggedIn: true, username: 'admin' });
  });

  it('answers what an account may do', async () => {
    const ask = async (path: string, headers = {}) =>
      (await argocd.call(`/api/v1/account/can-i/${path}`, { headers })).body;

    expect(await ask('applications/sync/services/hello')).toEqual({
      value: 'yes',
    });
    expect(await ask('applications/sync/services/hello', READER)).toEqual({
      value: 'no',
    });
    expect(await ask('applications/fly/services/hello')).toMatchObject({
      code: 3,
    });
  });

  it('renders manifests, marked as the application’s', async () => {
    const reply = await argocd.call<{ manifests: string[] }>(
      '/api/v1/applications/hello/manifests',
    );

    expect(reply.body).toMatchObject({
      revision: sha,
      sourceType: 'Kustomize',
    });
    expect(reply.body.manifests.map(text => JSON.parse(text))).toContainEqual(
      expect.objectContaining({
        kind: 'Deployment',
        metadata: expect.objectContaining({
          annotations: {
            'argocd.argoproj.io/tracking-id':
              'hello:apps/Deployment:hello-prod/hello',
          },
        }),
      }),
    );
  });

  it('shows each resource as wanted and as it is', async () => {
    type Items = { items: Record<string, string>[] };
    const reply = await argocd.call<Items>(
      '/api/v1/applications/hello/managed-resources?kind=Deployment',
    );
    const [item] = reply.body.items;

    expect(reply.body.items).toHaveLength(1);
    expect(item).not.toHaveProperty('modified');
    expect(JSON.parse(item?.normalizedLiveState ?? '')).toEqual(
      JSON.parse(item?.predictedLiveState ?? ''),
    );
  });

  it('knows the commit behind a revision', async () => {
    const reply = await argocd.call(
      `/api/v1/applications/hello/revisions/${sha}/metadata`,
    );
    expect(reply.body).toEqual({
      author: 'Maya Okafor <maya@acme.test>',
      date: expect.stringMatching(/^\d{4}-.*Z$/),
      message: expect.stringMatching(/^Change deploy/),
    });
  });

  it('lists the repository that has credentials, to who may see it', async () => {
    type Items = { items: Record<string, unknown>[] };
    const { body } = await argocd.call<Items>('/api/v1/repositories');
    const others = await argocd.call<Items>('/api/v1/repositories', {
      headers: READER,
    });

    expect(body.items).toMatchObject([
      { type: 'git', connectionState: { status: 'Successful' } },
    ]);
    expect(body.items[0]).not.toHaveProperty('password');
    expect(others.body.items).toEqual([]);
  });

  it('lists clusters and projects', async () => {
    type Items = { items: Record<string, unknown>[] };
    const clusters = await argocd.call<Items>('/api/v1/clusters');
    expect(clusters.body.items).toMatchObject([
      { name: 'in-cluster' },
      { name: 'prod', info: { applicationsCount: 1 } },
    ]);
    const projects = await argocd.call<Items>('/api/v1/projects');
    expect(projects.body.items).toMatchObject([
      { metadata: { name: 'default' } },
      { metadata: { name: 'platform' } },
      { metadata: { name: 'services' } },
    ]);
    const one = await argocd.call(
      '/api/v1/clusters/https%3A%2F%2Fprod.k8s.acme.test',
    );
    expect(one.body).toMatchObject({ name: 'prod' });
  });

  describe('the stream', () => {
    const headers = {
      authorization: `Bearer ${SANDBOX_ARGOCD_TOKEN}`,
      accept: 'text/event-stream',
    };
    const stream = (query: string, more = {}) =>
      fetch(`${argocd.server.url}/api/v1/stream/applications${query}`, {
        headers: { ...headers, ...more },
      });
    const FIELDS =
      'fields=result.type,result.application.metadata.name,result.application.status.sync.status';

    it('frames events as grpc-gateway does', async () => {
      const response = await stream(`?name=hello&${FIELDS}`);

      expect(response.headers.get('content-type')).toBe('text/event-stream');
      const text = await readStream(response, found =>
        found.endsWith('\n\n\n'),
      );
      expect(text).toBe(
        'data: {"result":{"type":"ADDED","application":{"metadata":{"name":"hello"},"status":{"sync":{"status":"Synced"}}}}} \n\n\n',
      );
    });

    it('sends a JSON per line to those who do not ask for events', async () => {
      const response = await stream(`?name=hello&${FIELDS}`, { accept: '*/*' });
      const text = await readStream(response, found => found.endsWith('\n'));
      expect(text).toMatch(/^\{"result":\{"type":"ADDED".*\}\}\n$/);
    });

    it('sends no headers before the first event, and no event that says nothing new', async () => {
      const { body } = await argocd.call<{
        metadata: { resourceVersion: string };
      }>('/api/v1/applications');
      const opened = stream(
        `?resourceVersion=${body.metadata.resourceVersion}&fields=result.type,result.application.metadata.name`,
      );
      let answered = false;
      void opened.then(() => {
        answered = true;
      });
      await argocd.call('/api/version');
      expect(answered).toBe(false);

      await argocd.app('hello', '?refresh=normal');
      await argocd.app('hello', '?refresh=normal');
      await argocd.app('root', '?refresh=normal');

      const text = await readStream(await opened, found =>
        found.includes('root'),
      );
      expect(text).toBe(
        'data: {"result":{"type":"MODIFIED","application":{"metadata":{"name":"hello"}}}} \n\n\n' +
          'data: {"result":{"type":"MODIFIED","application":{"metadata":{"name":"root"}}}} \n\n\n',
      );
    });

    it('tells an error by status and chunk, which fields filter away', async () => {
      const refused = await stream('', { authorization: '' });
      expect(refused.status).toBe(401);
      expect(await refused.text()).toBe(
        'data: {"error":{"grpc_code":16,"http_code":401,"message":"no session information","http_status":"Unauthorized"}} \n\n',
      );
      const filtered = await stream(`?${FIELDS}`, { authorization: '' });
      expect(await filtered.text()).toBe('data: {} \n\n');
    });

    it('keeps a stream open without a word', async () => {
      const response = await stream('?name=hello');
      const text = readStream(response, () => false);
      argocd.server.faults.silent = true;
      await argocd.app('hello', '?refresh=normal');
      argocd.server.faults.set({});
      argocd.server.faults.dropStreams();
      expect(await text).not.toContain('MODIFIED');
    });

    it('ends without an error when the server goes', async () => {
      const response = await stream('?name=hello');
      const text = readStream(response, () => false);
      argocd.server.faults.dropStreams();
      expect(await text).toContain('"type":"ADDED"');
    });
  });

  describe('in trouble', () => {
    it('refuses every token', async () => {
      argocd.server.faults.unauthorised = true;
      expect((await argocd.call('/api/v1/applications')).status).toBe(401);
      argocd.server.faults.unauthorised = false;
    });

    it('is not there', async () => {
      argocd.server.faults.unavailable = true;
      expect(await argocd.call('/api/version')).toMatchObject({
        status: 503,
        body: undefined,
      });
      argocd.server.faults.unavailable = false;
    });

    it('answers nothing at all', async () => {
      argocd.server.faults.stopped = true;
      await expect(argocd.call('/api/version')).rejects.toThrow('fetch failed');
      argocd.server.faults.stopped = false;
    });

    it('is asked too often', async () => {
      argocd.server.faults.limited = true;
      expect((await argocd.call('/api/version')).status).toBe(429);
      argocd.server.faults.limited = false;
    });

    it('is put into trouble and out of it by a form', async () => {
      const post = (form: string) =>
        argocd.call('/trouble', {
          method: 'POST',
          redirect: 'manual',
          headers: { 'content-type': 'application/x-www-form-urlencoded' },
          body: form,
        });
      const status = async () => (await argocd.call('/api/version')).status;

      await post('unavailable=on&latencyMs=1');
      expect(await status()).toBe(503);
      expect((await argocd.call('/trouble')).text).toMatch(
        /name="unavailable"\s+checked/,
      );
      await post('latencyMs=nonsense');
      expect(await status()).toBe(200);
    });

    it('breaks off in the middle', async () => {
      argocd.server.faults.truncated = true;
      const reply = await argocd.call('/api/v1/applications');
      argocd.server.faults.truncated = false;
      expect(reply).toMatchObject({ status: 200, body: undefined });
    });
  });

  it('shows an application where the portal links to', async () => {
    const reply = await argocd.call('/applications/argocd/hello', {
      headers: { authorization: '' },
    });
    expect(reply).toMatchObject({
      status: 200,
      type: 'text/html; charset=utf-8',
    });
    expect(reply.text).toContain('ghcr.io/acme/hello:1.0.0');
  });

  it.each([
    ['refresh', 'same-origin', 303],
    ['hard-refresh', 'same-origin', 303],
    ['sync', 'same-origin', 303],
    ['sync', 'cross-site', 404],
  ])('answers the %s button of a %s page with %i', async (...row) => {
    const [button, site, status] = row;
    const reply = await argocd.call(`/applications/argocd/hello/${button}`, {
      method: 'POST',
      redirect: 'manual',
      headers: { authorization: '', 'sec-fetch-site': site },
    });
    expect(reply.status).toBe(status);
  });
});
