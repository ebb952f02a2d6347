import { type Application } from './Application';
import { isHealthy, TestArgoCd } from './testing/TestArgoCd';
import {
  application,
  overlay,
  project,
  PROD,
  serviceFiles,
} from './testing/manifests';

jest.setTimeout(30_000);

describe('operations', () => {
  let argocd: TestArgoCd;
  let first: string;

  beforeEach(async () => {
    argocd = new TestArgoCd();
    argocd.registry.push('ghcr.io/acme/hello', '1.0.0');
    first = argocd.git.commit('hello', serviceFiles('hello'));
  });

  afterEach(() => argocd.cleanUp());

  async function register(options: Parameters<typeof application>[2]) {
    const source = { repoURL: argocd.git.url('hello') };
    argocd.platform({ 'hello.yaml': application('hello', source, options) });
    await argocd.start();
  }

  const post = (path: string, body: unknown) =>
    argocd.call<Application>(`/api/v1/applications/hello${path}`, {
      method: 'POST',
      body: JSON.stringify(body),
    });

  async function finished(): Promise<Application> {
    return argocd.until(
      'hello',
      ({ operation, status }) =>
        !operation && !!status?.operationState?.finishedAt,
    );
  }

  it('syncs by hand to any revision where sync is not automated', async () => {
    await register({ automated: false });
    expect((await argocd.app('hello')).status?.sync?.status).toBe('OutOfSync');
    argocd.git.commit('hello', {
      'deploy/overlays/prod/kustomization.yaml': overlay('hello', '1.0.1'),
    });

    const reply = await post('/sync', {
      revision: first,
      infos: [{ name: 'Reason', value: 'promoted' }],
    });

    expect(reply.status).toBe(200);
    expect(reply.body.operation).toMatchObject({
      sync: { revision: first },
      initiatedBy: { username: 'backstage' },
    });
    expect(reply.body.status).not.toHaveProperty('operationState');
    const hello = await finished();
    expect(hello.status).toMatchObject({
      operationState: {
        phase: 'Succeeded',
        syncResult: {
          revision: first,
          resources: expect.arrayContaining([
            expect.objectContaining({
              kind: 'Deployment',
              status: 'Synced',
              message: 'deployment.apps/hello created',
            }),
          ]),
        },
      },
      history: [{ revision: first, initiatedBy: { username: 'backstage' } }],
    });
    const compared = await argocd.app('hello', '?refresh=normal');
    expect(compared.status?.sync?.status).toBe('OutOfSync');
  });

  it('refuses another revision while sync is automated', async () => {
    await register({});
    const reply = await post('/sync', { revision: first });
    expect(reply).toMatchObject({
      status: 400,
      body: {
        code: 9,
        message: `Cannot sync to ${first}: auto-sync currently set to main`,
      },
    });
  });

  it('runs one operation at a time', async () => {
    await register({ automated: false, namespace: '' });
    // It fails, and waits for its next try.
    await post('/sync', { retryStrategy: { limit: 5 } });

    const reply = await post('/sync', {});

    expect(reply.status).toBe(400);
    expect(reply.body).toMatchObject({
      code: 9,
      message: expect.stringContaining(
        'another operation is already in progress',
      ),
    });
  });

  it('does nothing in a dry run', async () => {
    await register({ automated: false });
    await post('/sync', { dryRun: true });
    const hello = await finished();
    expect(hello.status?.operationState?.phase).toBe('Succeeded');
    expect(hello.status?.history).toBeUndefined();
    expect(hello.status?.sync?.status).toBe('OutOfSync');
  });

  it('keeps a partial sync out of the history', async () => {
    await register({ automated: false });
    await post('/sync', { resources: [{ kind: 'Service', name: 'hello' }] });
    const hello = await finished();
    expect(
      hello.status?.operationState?.syncResult?.resources?.map(r => r.kind),
    ).toEqual(['Namespace', 'Service']);
    expect(hello.status?.history).toBeUndefined();
  });

  it('terminates what waits to be tried again', async () => {
    const idle = { method: 'DELETE' };
    await register({ automated: false, namespace: '' });
    expect(
      await argocd.call('/api/v1/applications/hello/operation', idle),
    ).toMatchObject({ status: 400, body: { code: 3 } });
    // The overlay's namespace is nobody's to create.
    await post('/sync', { retryStrategy: { limit: 5 } });
    const waiting = await argocd.until(
      'hello',
      ({ status }) => !!status?.operationState?.retryCount,
    );
    expect(waiting.status?.operationState).toMatchObject({
      phase: 'Running',
      finishedAt: expect.any(String),
      message: expect.stringMatching(
        /^one or more objects failed to apply, reason: namespaces "hello-prod" not found\. Retrying attempt #1 at /,
      ),
    });

    await argocd.call('/api/v1/applications/hello/operation', idle);

    const ended = await argocd.until('hello', ({ operation }) => !operation);
    expect(ended.status?.operationState).toMatchObject({
      phase: 'Failed',
      message: 'Operation terminated',
    });
  });

  it('heals what was changed by hand, without a word in the history', async () => {
    await register({});
    await argocd.until('hello', isHealthy);
    await argocd.stop();
    argocd.tamper('prod', 'Deployment', object => ({
      ...object,
      spec: { ...(object.spec as object), replicas: 7 },
    }));

    await argocd.start();

    const healed = await argocd.until(
      'hello',
      found =>
        isHealthy(found) &&
        !!found.status?.operationState?.operation.sync?.selfHealAttemptsCount,
    );
    expect(healed.status?.history).toHaveLength(1);
    expect(healed.status?.operationState?.operation.sync?.resources).toEqual([
      { group: 'apps', kind: 'Deployment', name: 'hello' },
    ]);
  });

  it.each([
    [
      'a repository',
      project('services', 'https://github.com/acme/*', PROD.server),
      /^application repo file:.* is not permitted in project 'services'$/,
    ],
    [
      'a destination',
      project('services', 'file://**', 'https://other.test'),
      /^application destination server 'https:\/\/prod.k8s.acme.test' and namespace 'hello-prod' do not match any of the allowed destinations in project 'services'$/,
    ],
  ])('refuses %s the project does not allow', async (_, refusing, message) => {
    await register({});
    await argocd.until('hello', isHealthy);
    argocd.git.commit('infra', { 'apps/project.yaml': refusing });
    await argocd.app('root', '?refresh=normal');

    const hello = await argocd.until(
      'hello',
      ({ status }) => !!status?.conditions,
    );

    expect(hello.status).toMatchObject({
      sync: { status: 'Unknown' },
      health: { status: 'Unknown' },
      conditions: [
        { type: 'InvalidSpecError', message: expect.stringMatching(message) },
      ],
    });
  });

  it('refuses a kind the project does not allow, and says so', async () => {
    argocd.git.commit('hello', {
      'deploy/base/role.yaml':
        'apiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRole\nmetadata: { name: hello }\nrules: []\n',
      'deploy/base/kustomization.yaml':
        'resources: [deployment.yaml, service.yaml, role.yaml]\n',
    });
    await register({ automated: false });

    await post('/sync', {});

    const hello = await finished();
    expect(hello.status?.operationState).toMatchObject({
      phase: 'Failed',
      message: 'one or more synchronization tasks are not valid',
      syncResult: {
        resources: [
          {
            kind: 'ClusterRole',
            status: 'SyncFailed',
            message:
              'resource rbac.authorization.k8s.io:ClusterRole is not permitted in project services',
          },
        ],
      },
    });
  });

  it('waits outside of its windows, and lets people in where these may', async () => {
    const windows = (manualSync: boolean) =>
      `${project('services', 'file://**', PROD.server)}  syncWindows:
    - { kind: deny, schedule: '* * * * *', duration: 1h, applications: ['*'], manualSync: ${manualSync} }
`;
    const source = { repoURL: argocd.git.url('hello') };
    argocd.platform({ 'hello.yaml': application('hello', source) });
    argocd.git.commit('infra', { 'apps/project.yaml': windows(false) });
    await argocd.start();
    expect((await argocd.app('hello')).status?.sync?.status).toBe('OutOfSync');
    expect(await post('/sync', {})).toMatchObject({
      status: 403,
      body: { message: 'cannot sync: blocked by sync window' },
    });

    argocd.git.commit('infra', { 'apps/project.yaml': windows(true) });
    await argocd.app('root', '?refresh=normal');
    await argocd.until('root', ({ status }) => status?.history?.length === 2);

    const open = await argocd.call('/api/v1/applications/hello/syncwindows');
    expect(open.body).toMatchObject({
      activeWindows: [{ kind: 'deny' }],
      assignedWindows: [{ kind: 'deny' }],
      canSync: true,
    });
    expect((await post('/sync', {})).status).toBe(200);
    await argocd.until('hello', isHealthy);
  });

  it('says that a project is missing', async () => {
    await register({ project: 'nowhere' });
    const hello = await argocd.app('hello');
    expect(hello.status?.conditions).toMatchObject([
      {
        type: 'InvalidSpecError',
        message: 'Application referencing project nowhere which does not exist',
      },
    ]);
  });

  it('looks at Git when GitHub tells of a push', async () => {
    await register({});
    await argocd.until('hello', isHealthy);
    const sha = argocd.git.commit('hello', { 'README.md': 'changed' });

    const reply = await argocd.call('/api/webhook', {
      method: 'POST',
      headers: { 'x-github-event': 'push' },
      body: JSON.stringify({
        ref: 'refs/heads/main',
        repository: { html_url: argocd.git.url('hello') },
      }),
    });

    expect(reply.status).toBe(200);
    await argocd.until('hello', ({ status }) => status?.sync?.revision === sha);
  });
});
