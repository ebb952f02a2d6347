import { isHealthy, TestArgoCd } from './testing/TestArgoCd';
import { application, serviceFiles } from './testing/manifests';

describe('the way from a commit to a running service', () => {
  let argocd: TestArgoCd;

  beforeEach(() => {
    argocd = new TestArgoCd();
    argocd.registry.push('ghcr.io/acme/hello', '1.0.0');
  });

  afterEach(() => argocd.cleanUp());

  it('deploys what the platform repository lists', async () => {
    const sha = argocd.git.commit('hello', serviceFiles('hello'));
    const source = { repoURL: argocd.git.url('hello') };
    argocd.platform({ 'hello.yaml': application('hello', source) });
    await argocd.start();

    const hello = await argocd.until('hello', isHealthy);

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
  });
});
