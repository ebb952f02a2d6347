import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type EnvironmentList } from '@callboard/backstage-plugin-gitops-common';
import { type Sandbox, startSandbox } from '@callboard/sandbox';
import { commitTo } from './__testUtils__/commitTo';
import { demoConfig, demoEntities } from './__testUtils__/demoConfig';
import { type Gitops, startGitops } from './__testUtils__/startGitops';

jest.setTimeout(180_000);

const WEB = 'component:default/web';
const CART = 'component:default/cart';
const LAYOUT = 'multi-repo-remote-base';
const KUSTOMIZATION = 'clusters/qa/argocd/kustomization.yaml';
const overlayOf = (
  service: string,
  version: string,
) => `namespace: ${service}-qa
resources:
  - ../../base
images:
  - name: ${service}
    newName: ghcr.io/acme/${service}
    newTag: "${version}"
`;

const serviceFiles = (service: string) => ({
  'catalog-info.yaml': `apiVersion: backstage.io/v1alpha1
kind: Component
metadata:
  name: ${service}
`,
  'deploy/base/kustomization.yaml': 'resources: [deployment.yaml]\n',
  'deploy/base/deployment.yaml': `apiVersion: apps/v1
kind: Deployment
metadata:
  name: ${service}
spec:
  selector:
    matchLabels:
      app: ${service}
  template:
    metadata:
      labels:
        app: ${service}
    spec:
      containers:
        - name: ${service}
          image: ${service}
`,
  'deploy/overlays/qa/kustomization.yaml': overlayOf(service, '2.0.0'),
  'deploy/overlays/staging/kustomization.yaml': overlayOf(service, '2.0.0'),
});

/** A root that deploys to the cluster of dev, in a project that lets it. */
const rootOf = (gitUrl: string) => `apiVersion: argoproj.io/v1alpha1
kind: AppProject
metadata:
  name: root-qa
  namespace: argocd
spec:
  sourceRepos:
    - ${gitUrl}/acme/*
  destinations:
    - server: https://dev.k8s.acme.test
      namespace: '*'
  clusterResourceWhitelist:
    - group: ''
      kind: Namespace
---
apiVersion: argoproj.io/v1alpha1
kind: Application
metadata:
  name: root-qa
  namespace: argocd
spec:
  project: root-qa
  source:
    repoURL: ${gitUrl}/acme/gitops-infra
    path: clusters/qa/argocd
    targetRevision: main
  destination:
    server: https://dev.k8s.acme.test
  syncPolicy:
    automated:
      prune: true
      selfHeal: true
`;

/** The namespaces, which a root makes only if they are among its objects. */
const NAMESPACES = ['web-qa', 'cart-qa']
  .map(
    name => `apiVersion: v1
kind: Namespace
metadata:
  name: ${name}
`,
  )
  .join('---\n');

describe('a service that is registered as a remote base', () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'gitops-remote-base-'));
  let sandbox: Sandbox;
  let gitops: Gitops;

  beforeAll(async () => {
    sandbox = await startSandbox({
      dataDir,
      demo: false,
      // Argo CD never looks by itself: what is seen is seen because it was asked.
      timings: {
        lookOutIntervalMs: 3_600_000,
        readyAfterMs: 50,
        progressDeadlineMs: 500,
      },
    });
    for (const service of ['web', 'cart']) {
      sandbox.registry.push(`ghcr.io/acme/${service}`, '2.0.0');
      await sandbox.git.admin.createRepository({
        owner: 'acme',
        name: service,
        description: service,
        commits: [
          {
            message: 'Begin',
            author: 'maya',
            at: '2026-01-05T09:00:00Z',
            files: serviceFiles(service),
          },
        ],
      });
    }
    await commitTo(sandbox, 'gitops-infra', {
      'clusters/dev/argocd/qa.yaml': () => rootOf(sandbox.git.url),
      'clusters/dev/argocd/kustomization.yaml': text =>
        text.replace('- project.yaml', '- project.yaml\n  - qa.yaml'),
      [KUSTOMIZATION]: () => '# Of qa.\nresources:\n- namespaces.yaml\n',
      'clusters/qa/argocd/namespaces.yaml': () => NAMESPACES,
    });
    await sandbox.argocd.reconcileAll();
    const config = demoConfig(sandbox) as {
      gitops: { environments: Record<string, unknown>[] };
    };
    config.gitops.environments = [
      {
        name: 'qa',
        platformRepo: `${sandbox.git.url}/acme/gitops-infra`,
        path: 'clusters/qa/argocd',
        layouts: ['multi-repo', LAYOUT],
        write: 'commit',
        project: 'services-dev',
        clusters: [
          {
            name: 'dev',
            instance: 'main',
            destination: 'https://dev.k8s.acme.test',
          },
        ],
      },
      ...config.gitops.environments.slice(1, 2).map(environment => ({
        ...environment,
        layouts: ['multi-repo', LAYOUT],
      })),
    ];
    gitops = await startGitops({
      config: config as never,
      entities: demoEntities(sandbox, ['web', 'cart']),
    });
  });

  afterAll(async () => {
    await gitops?.stop();
    await sandbox?.stop();
    rmSync(dataDir, { recursive: true, force: true });
  });

  const register = (body: object) =>
    gitops.send('post', '/v1/registrations').send(body);

  const untilRow = (entityRef: string, version: string) =>
    gitops.untilDeployments(
      ({ items }) =>
        items.some(
          ({ environment, live, health, sync }) =>
            environment === 'qa' &&
            live?.version === version &&
            sync.status === 'Synced' &&
            health.status === 'Healthy',
        ),
      entityRef,
    );

  it('has a row of its own, which moves with its pushes', async () => {
    const answer = await register({
      entityRef: WEB,
      environment: 'qa',
      layout: LAYOUT,
    });
    expect(answer.body).toMatchObject({
      outcome: 'committed',
      notes: expect.arrayContaining([
        expect.stringContaining('no service of the environment is synced'),
      ]),
      files: [
        {
          path: KUSTOMIZATION,
          diff: `@@ -3,0 +4,3 @@
+- ${sandbox.git.url}/acme/web//deploy/overlays/qa?ref=main
+buildMetadata:
+- originAnnotations
`,
        },
      ],
    });
    const second = await register({
      entityRef: CART,
      environment: 'qa',
      layout: LAYOUT,
    });
    // What the first one had noted down is there for all.
    expect(second.body.files[0].diff).not.toContain('buildMetadata');

    const { items } = await untilRow(WEB, '2.0.0');
    await untilRow(CART, '2.0.0');
    const row = items.find(({ environment }) => environment === 'qa');
    expect(row).toMatchObject({
      cluster: 'dev',
      application: { name: 'root-qa' },
      desired: { version: '2.0.0', images: [{ name: 'ghcr.io/acme/web' }] },
      revisions: [
        { kind: 'git', repo: `${sandbox.git.url}/acme/web`, value: 'main' },
      ],
      access: { may: [], unproven: expect.stringContaining('in Argo CD') },
    });
    expect(row).not.toHaveProperty('approximate');

    sandbox.registry.push('ghcr.io/acme/web', '2.0.1');
    await commitTo(sandbox, 'web', {
      'deploy/overlays/qa/kustomization.yaml': () => overlayOf('web', '2.0.1'),
    });
    await gitops.publish('github.push', {
      ref: 'refs/heads/main',
      repository: {
        html_url: `${sandbox.git.url}/acme/web`,
        default_branch: 'main',
      },
    });

    await untilRow(WEB, '2.0.1');
    await untilRow(CART, '2.0.0');
  });

  it('is possible only where the root deploys to the cluster', async () => {
    const { body } = await gitops.get('/v1/environments');

    expect(
      (body as EnvironmentList).items.map(({ name, layouts }) => [
        name,
        layouts?.map(({ kind, refused }) => [kind, refused]),
      ]),
    ).toEqual([
      [
        'qa',
        [
          ['application', undefined],
          ['remote-base', undefined],
        ],
      ],
      [
        'staging',
        [
          ['application', undefined],
          [
            'remote-base',
            'A remote base is deployed where the root application is, and root-staging deploys to https://kubernetes.default.svc, not to staging. Register the service with an Application of its own.',
          ],
        ],
      ],
    ]);
    const answer = await register({
      entityRef: WEB,
      environment: 'staging',
      layout: LAYOUT,
      dryRun: true,
    });
    expect(answer.status).toBe(409);
    expect(answer.body.error.message).toMatch(/^A remote base is deployed/);
  });

  it('refuses a layout that the environment does not have', async () => {
    const answer = await register({
      entityRef: WEB,
      environment: 'qa',
      layout: 'mono-repo',
    });

    expect(answer.status).toBe(400);
    expect(answer.body.error.message).toBe(
      'qa does not let services be registered with the layout mono-repo. Choose one of multi-repo, multi-repo-remote-base, or have gitops.environments changed.',
    );
  });
});
