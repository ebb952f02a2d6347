import { isHealthy, TestArgoCd } from './testing/TestArgoCd';
import {
  application,
  kustomization,
  overlay,
  serviceFiles,
} from './testing/manifests';

jest.setTimeout(30_000);

describe('the way from a commit to a running service', () => {
  let argocd: TestArgoCd;

  beforeEach(() => {
    argocd = new TestArgoCd();
    argocd.registry.push('ghcr.io/acme/hello', '1.0.0');
  });

  afterEach(() => argocd.cleanUp());

  /** Registers `hello` and waits until it runs. */
  async function deployHello(
    options: Parameters<typeof application>[2] = {},
  ): Promise<string> {
    const sha = argocd.git.commit('hello', serviceFiles('hello'));
    const source = { repoURL: argocd.git.url('hello') };
    argocd.platform({ 'hello.yaml': application('hello', source, options) });
    await argocd.start();
    if (options.automated !== false) await argocd.until('hello', isHealthy);
    return sha;
  }

  async function resources(): Promise<string[]> {
    type Tree = { nodes?: { kind: string; name: string }[] };
    const { body } = await argocd.call<Tree>(
      '/api/v1/applications/hello/resource-tree',
    );
    return body.nodes?.map(({ kind }) => kind) ?? [];
  }

  it('deploys what the platform repository lists', async () => {
    const sha = await deployHello();

    const hello = await argocd.app('hello');

    expect(hello.status).toMatchObject({
      sync: { status: 'Synced', revision: sha },
      summary: { images: ['ghcr.io/acme/hello:1.0.0'] },
      sourceType: 'Kustomize',
      operationState: {
        phase: 'Succeeded',
        message: 'successfully synced (all tasks run)',
        operation: { initiatedBy: { automated: true } },
      },
      history: [{ id: 0, revision: sha, initiatedBy: { automated: true } }],
      resources: [
        { kind: 'Service', status: 'Synced', health: { status: 'Healthy' } },
        {
          group: 'apps',
          kind: 'Deployment',
          name: 'hello',
          namespace: 'hello-prod',
          health: { status: 'Healthy' },
        },
      ],
    });
    expect(hello.operation).toBeUndefined();
    expect(await resources()).toEqual([
      'Service',
      'Deployment',
      'ReplicaSet',
      'Pod',
      'Pod',
    ]);
  });

  it('does not look at Git by itself before its time, but when asked', async () => {
    const before = await deployHello();
    argocd.registry.push('ghcr.io/acme/hello', '1.0.1');
    const after = argocd.git.commit('hello', {
      'deploy/overlays/prod/kustomization.yaml': overlay('hello', '1.0.1'),
    });

    expect((await argocd.app('hello')).status?.sync?.revision).toBe(before);
    const refreshed = await argocd.app('hello', '?refresh=normal');
    expect(refreshed.status?.sync?.revision).toBe(after);
    expect(refreshed.metadata.annotations).not.toHaveProperty([
      'argocd.argoproj.io/refresh',
    ]);

    const hello = await argocd.until(
      'hello',
      found => isHealthy(found) && found.status?.history?.length === 2,
    );
    expect(hello.status?.summary?.images).toEqual(['ghcr.io/acme/hello:1.0.1']);
    expect(hello.status?.history?.map(({ id }) => id)).toEqual([0, 1]);
  });

  it('looks at Git by itself in the end', async () => {
    await argocd.cleanUp();
    argocd = new TestArgoCd({ lookOutIntervalMs: 200 });
    argocd.registry.push('ghcr.io/acme/hello', '1.0.0');
    await deployHello();
    const sha = argocd.git.commit('hello', { 'README.md': 'changed' });

    const hello = await argocd.until(
      'hello',
      ({ status }) => status?.sync?.revision === sha,
    );
    expect(hello.status?.history?.at(-1)?.revision).toBeDefined();
  });

  it('prunes what is no longer in Git', async () => {
    await deployHello();
    argocd.git.commit('hello', {
      'deploy/base/service.yaml': null,
      'deploy/base/kustomization.yaml': kustomization(['deployment.yaml']),
    });

    await argocd.app('hello', '?refresh=normal');
    const hello = await argocd.until(
      'hello',
      found => found.status?.history?.length === 2,
    );

    expect(hello.status?.operationState?.syncResult?.resources).toContainEqual(
      expect.objectContaining({ kind: 'Service', status: 'Pruned' }),
    );
    expect(await resources()).not.toContain('Service');
  });

  it.each([
    { finalizer: true, left: [] },
    { finalizer: false, left: ['Deployment', 'Service'] },
  ])(
    'leaves $left when an application with finalizer $finalizer is removed',
    async ({ finalizer, left }) => {
      await deployHello({ finalizer });
      argocd.git.commit('infra', argocd.listed({}));

      await argocd.app('root', '?refresh=normal');
      await argocd.until('root', ({ status }) => status?.history?.length === 2);
      await waitUntilGone();
      await argocd.stop();

      expect(argocd.stored('prod', ['Deployment', 'Service'])).toEqual(left);
    },
  );

  async function waitUntilGone(): Promise<void> {
    while ((await argocd.call('/api/v1/applications/hello')).status === 200);
  }

  it('says why a build fails, and recovers', async () => {
    await deployHello();
    const path = 'deploy/overlays/prod/kustomization.yaml';
    argocd.git.commit('hello', { [path]: kustomization(['missing.yaml']) });

    const broken = await argocd.app('hello', '?refresh=normal');

    expect(broken.status?.sync?.status).toBe('Unknown');
    expect(broken.status?.conditions).toEqual([
      {
        type: 'ComparisonError',
        message: expect.stringMatching(
          /^Failed to load target state: failed to generate manifest for source 1 of 1: rpc error: code = Unknown desc = `kustomize build <path to cached source>\/deploy\/overlays\/prod` failed exit status 1: Error: .*missing\.yaml/s,
        ),
        lastTransitionTime: expect.any(String),
      },
    ]);
    expect(broken.status?.health?.status).toBe('Healthy');

    argocd.git.commit('hello', { [path]: overlay('hello', '1.0.0') });
    const repaired = await argocd.app('hello', '?refresh=normal');
    expect(repaired.status?.conditions).toBeUndefined();
    expect(repaired.status?.sync?.status).toBe('Synced');
  });

  it('keeps the old pods while a new image cannot be pulled', async () => {
    await deployHello();
    argocd.git.commit('hello', {
      'deploy/overlays/prod/kustomization.yaml': overlay('hello', 'unbuilt'),
    });
    await argocd.app('hello', '?refresh=normal');

    const hello = await argocd.until(
      'hello',
      ({ status }) => status?.health?.status === 'Degraded',
    );

    expect(hello.status?.sync?.status).toBe('Synced');
    expect(hello.status?.resources).toContainEqual(
      expect.objectContaining({
        kind: 'Deployment',
        health: {
          status: 'Degraded',
          message: 'Deployment "hello" exceeded its progress deadline',
        },
      }),
    );
    expect(hello.status?.summary?.images).toEqual([
      'ghcr.io/acme/hello:1.0.0',
      'ghcr.io/acme/hello:unbuilt',
    ]);
  });

  it('waits with an unknown image and starts once it is there', async () => {
    argocd.git.commit('hello', serviceFiles('hello', { tag: '2.0.0' }));
    const source = { repoURL: argocd.git.url('hello') };
    argocd.platform({ 'hello.yaml': application('hello', source) });
    await argocd.start();
    const waiting = await argocd.until(
      'hello',
      ({ status }) => status?.health?.status === 'Progressing',
    );
    expect(waiting.status?.resources?.at(-1)?.health?.message).toBe(
      'Waiting for rollout to finish: 0 of 2 updated replicas are available...',
    );

    argocd.registry.push('ghcr.io/acme/hello', '2.0.0');

    await argocd.until('hello', isHealthy);
  });

  it('keeps everything over a restart', async () => {
    await deployHello();
    const before = await argocd.app('hello');
    await argocd.stop();

    await argocd.start();

    const after = await argocd.app('hello');
    expect(after.metadata.uid).toBe(before.metadata.uid);
    expect(after.status?.history).toEqual(before.status?.history);
    expect(isHealthy(after)).toBe(true);
    expect(Number(after.metadata.resourceVersion)).toBeGreaterThanOrEqual(
      Number(before.metadata.resourceVersion),
    );
  });
});
