import { type Application } from './Application';
import { isHealthy, TestArgoCd } from './testing/TestArgoCd';
import {
  MIGRATE,
  application,
  kustomization,
  serviceFiles,
} from './testing/manifests';

jest.setTimeout(60_000);

describe('trouble', () => {
  const argocd = new TestArgoCd({ crashBackoffMs: 100 });

  const make = (form: string) =>
    argocd.call('/trouble', {
      method: 'POST',
      redirect: 'manual',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: form,
    });

  beforeAll(async () => {
    argocd.registry.push('ghcr.io/acme/hello', '1.0.0');
    argocd.git.commit('hello', {
      ...serviceFiles('hello'),
      'deploy/base/kustomization.yaml': kustomization([
        'deployment.yaml',
        'service.yaml',
        'migrate.yaml',
      ]),
      'deploy/base/migrate.yaml': MIGRATE,
    });
    const source = { repoURL: argocd.git.url('hello') };
    const byHand = { automated: false, namespace: 'hello-prod' };
    argocd.platform({
      'hello.yaml': application('hello', source, byHand),
      'healed.yaml': application('healed', {
        ...source,
        path: 'deploy/overlays/healed',
      }),
    });
    argocd.git.commit('hello', {
      'deploy/overlays/healed/kustomization.yaml': kustomization(
        ['../prod'],
        'namespace: healed-prod\n',
      ),
    });
    await argocd.start();
    await sync();
    await argocd.until('hello', isHealthy);
    await argocd.until('healed', isHealthy);
  });

  afterEach(() => make(''));
  afterAll(() => argocd.cleanUp());

  const askForSync = () =>
    argocd.call<Application>('/api/v1/applications/hello/sync', {
      method: 'POST',
      body: '{}',
    });

  async function sync(): Promise<Application> {
    await askForSync();
    return argocd.until(
      'hello',
      ({ operation, status }) =>
        !operation && !!status?.operationState?.finishedAt,
    );
  }

  interface TreeNode {
    kind: string;
    name: string;
    info?: { name: string; value: string }[];
    health?: { status: string };
  }

  async function pods(): Promise<TreeNode[]> {
    const { body } = await argocd.call<{ nodes?: TreeNode[] }>(
      '/api/v1/applications/hello/resource-tree',
    );
    return (body.nodes ?? []).filter(
      ({ kind, name }) => kind === 'Pod' && name.startsWith('hello'),
    );
  }

  describe('of an application', () => {
    it('is drift, until somebody syncs', async () => {
      await make('drift=hello');
      const drifted = await argocd.until(
        'hello',
        ({ status }) => status?.sync?.status === 'OutOfSync',
      );
      expect(drifted.status?.resources).toContainEqual(
        expect.objectContaining({ kind: 'Deployment', status: 'OutOfSync' }),
      );
      const { body } = await argocd.call<{ items: Record<string, string>[] }>(
        '/api/v1/applications/hello/managed-resources?kind=Deployment',
      );
      const replicas = (text = 'null') => JSON.parse(text)?.spec.replicas;
      expect(replicas(body.items[0]?.normalizedLiveState)).toBe(3);
      expect(replicas(body.items[0]?.predictedLiveState)).toBe(2);

      await make('');
      expect((await argocd.app('hello')).status?.sync?.status).toBe(
        'OutOfSync',
      );
      await sync();
      await argocd.until('hello', isHealthy);
      expect(await pods()).toHaveLength(2);
    });

    it('is drift that Argo CD heals by itself', async () => {
      await make('drift=healed');
      const healed = await argocd.until(
        'healed',
        found =>
          isHealthy(found) &&
          !!found.status?.operationState?.operation.sync?.selfHealAttemptsCount,
      );
      expect(healed.status?.history).toHaveLength(1);
    });

    // gitops-engine/pkg/health: a Deployment that was complete is Progressing
    // again, its pods are Degraded.
    it('is a crash loop, and its logs say why', async () => {
      await make('crash=hello');
      await argocd.until(
        'hello',
        ({ status }) => status?.health?.status === 'Progressing',
      );
      await eventually(async () => {
        const [pod] = await pods();
        expect(pod?.health?.status).toBe('Degraded');
        expect(pod?.info).toEqual([
          { name: 'Status Reason', value: 'CrashLoopBackOff' },
          { name: 'Node', value: expect.anything() },
          { name: 'Containers', value: '0/1' },
          { name: 'Restart Count', value: expect.stringMatching(/^[1-9]/) },
        ]);
      });
      const [pod] = await pods();
      const { text } = await argocd.call(
        `/api/v1/applications/hello/pods/${pod?.name}/logs?previous=true`,
      );
      expect(text).toContain('Error: connect ECONNREFUSED');
      expect(text).toContain('at TCPConnectWrap.afterConnect');

      await make('');
      await argocd.until('hello', isHealthy);
    });

    const inPhase = (all: TreeNode[], status: string) =>
      all.filter(({ health }) => health?.status === status);

    it('is an image that cannot be pulled any more, while what runs serves on', async () => {
      await make('badimage=hello');
      const stuck = await argocd.until(
        'hello',
        ({ status }) => status?.health?.status === 'Degraded',
      );
      // `kubectl rollout restart` is no drift.
      expect(stuck.status?.sync?.status).toBe('Synced');
      const all = await pods();
      expect(inPhase(all, 'Healthy')).toHaveLength(2);
      expect(inPhase(all, 'Degraded')).toEqual([
        expect.objectContaining({
          health: {
            status: 'Degraded',
            message: 'Back-off pulling image "ghcr.io/acme/hello:1.0.0"',
          },
          info: expect.arrayContaining([
            { name: 'Status Reason', value: 'ImagePullBackOff' },
          ]),
        }),
      ]);
      await make('badimage=hello');
      expect(await pods()).toHaveLength(3);

      await make('');
      await argocd.until('hello', isHealthy);
      expect(inPhase(await pods(), 'Healthy')).toHaveLength(2);
    });

    it('is a hook that fails, and nothing is applied', async () => {
      await make('failhooks=hello');
      const failed = await sync();
      expect(failed.status?.operationState).toMatchObject({
        phase: 'Failed',
        message: 'one or more synchronization tasks completed unsuccessfully',
        syncResult: {
          resources: [
            {
              kind: 'Job',
              status: 'Synced',
              hookType: 'PreSync',
              hookPhase: 'Failed',
              syncPhase: 'PreSync',
              message: 'Job has reached the specified backoff limit',
            },
          ],
        },
      });
      expect(failed.status?.health?.status).toBe('Healthy');
    });
  });

  it('is a project that is closed for everybody', async () => {
    await make('closed=services');
    const { body } = await argocd.call(
      '/api/v1/applications/hello/syncwindows',
    );
    const window = {
      kind: 'deny',
      schedule: '* * * * *',
      duration: '1h',
      manualSync: false,
    };
    expect(body).toEqual({
      activeWindows: [window],
      assignedWindows: [window],
      canSync: false,
    });
    expect(await askForSync()).toMatchObject({
      status: 403,
      body: { code: 7, message: 'cannot sync: blocked by sync window' },
    });

    await make('');
    const opened = await argocd.call('/api/v1/applications/hello/syncwindows');
    expect(opened.body).toEqual({ canSync: true });
  });

  describe('of a cluster', () => {
    beforeEach(async () => {
      await make('unreachable=prod');
      await argocd.until(
        'hello',
        ({ status }) => status?.sync?.status === 'Unknown',
      );
    });

    // `CompareAppState` in controller/state.go; that it is Healthy:
    // https://github.com/argoproj/argo-cd/issues/8860
    it('makes its applications unknown, and says why', async () => {
      const hello = await argocd.app('hello');
      expect(hello.status).toMatchObject({
        sync: { status: 'Unknown' },
        health: { status: 'Healthy' },
        conditions: [
          {
            type: 'ComparisonError',
            message: expect.stringMatching(
              /^Failed to load target state: failed to get cluster version for cluster "https:\/\/prod.k8s.acme.test": failed to get cluster info for .* i\/o timeout$/,
            ),
          },
          {
            type: 'ComparisonError',
            message: expect.stringMatching(
              /^Failed to load live state: failed to get cluster info for "https:\/\/prod.k8s.acme.test": error synchronizing cache state : /,
            ),
          },
        ],
      });
      expect(hello.status?.summary?.images).toEqual([
        'ghcr.io/acme/hello:1.0.0',
      ]);
    });

    it('is told of the cluster, too', async () => {
      type Clusters = { items: { name: string; info: object }[] };
      const { body } = await argocd.call<Clusters>('/api/v1/clusters');
      expect(body.items).toMatchObject([
        {
          name: 'in-cluster',
          info: { connectionState: { status: 'Successful', message: '' } },
        },
        {
          name: 'prod',
          info: {
            connectionState: {
              status: 'Failed',
              message: expect.stringContaining('i/o timeout'),
            },
          },
        },
      ]);
    });

    it('leaves the resources that were there last', async () => {
      expect(await pods()).toHaveLength(2);
      const { body } = await argocd.call<{ items: { targetState: string }[] }>(
        '/api/v1/applications/hello/managed-resources?kind=Deployment',
      );
      expect(body.items[0]?.targetState).not.toBe('null');
    });

    it('lets nobody read logs or sync', async () => {
      const [pod] = await pods();
      const { text } = await argocd.call(
        `/api/v1/applications/hello/pods/${pod?.name}/logs`,
      );
      expect(JSON.parse(text.split('\n')[0] ?? '')).toMatchObject({
        result: { content: expect.stringContaining('i/o timeout') },
      });
      const failed = await sync();
      expect(failed.status?.operationState).toMatchObject({
        phase: 'Error',
        message: expect.stringMatching(
          /^ComparisonError: Failed to load target state: .*;ComparisonError: Failed to load live state: /,
        ),
      });
    });

    it('is over when it answers again', async () => {
      await make('');
      const hello = await argocd.until('hello', isHealthy);
      expect(hello.status?.conditions).toBeUndefined();
      expect(hello.status?.resources).not.toHaveLength(0);
    });
  });

  it('shows what is on, and refuses names that nothing has', async () => {
    await make('crash=hello&badimage=healed&unreachable=prod');
    const refused = await make('crash=nobody');
    expect(refused).toMatchObject({
      status: 404,
      text: expect.stringContaining('Argo CD has no application “nobody”'),
    });
    const { text } = await argocd.call('/trouble');
    expect(text).toMatch(/name="crash"\s+value="hello"\s+checked/);
    expect(text).toMatch(/name="badimage"\s+value="healed"\s+checked/);
    expect(text).toMatch(/name="unreachable"\s+value="prod"\s+checked/);
    expect(text).not.toMatch(/name="crash"\s+value="healed"\s+checked/);
  });
});

/** Until the expectations hold. */
async function eventually(expectations: () => Promise<void>): Promise<void> {
  const deadline = Date.now() + 10_000;
  for (;;) {
    try {
      return await expectations();
    } catch (error) {
      if (Date.now() > deadline) throw error;
      await new Promise(resolve => setTimeout(resolve, 50));
    }
  }
}
