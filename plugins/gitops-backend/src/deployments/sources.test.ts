import { type Deployment } from '@callboard/backstage-plugin-gitops-common';
import { ScriptedArgocd } from '../__testUtils__/ScriptedArgocd';
import { argoJson, SHA_1, SHA_2 } from '../__testUtils__/argoApplication';
import { argocdBlock, gitopsBlock } from '../__testUtils__/environments';
import {
  component,
  type Gitops,
  startGitops,
} from '../__testUtils__/startGitops';

const REPO = 'http://localhost:7080/acme/cart';
const CHARTS = 'https://charts.acme.test';
const DEPLOYED_AT = '2026-01-02T03:04:00Z';

/** A Deployment object that runs an image, as Argo CD renders or finds it. */
function workload(image: string, labels: Record<string, string> = {}): string {
  return JSON.stringify({
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'cart', labels },
    spec: { template: { spec: { containers: [{ name: 'cart', image }] } } },
  });
}

/** A synced application of these sources at these revisions. */
function synced(sources: object[], revisions: string[]) {
  const several = sources.length > 1;
  const [source] = sources;
  const [revision] = revisions;
  return argoJson({
    spec: several ? { source: undefined, sources } : { source },
    status: {
      sync: several
        ? { status: 'Synced', revisions }
        : { status: 'Synced', revision },
      history: [
        several
          ? {
              id: 0,
              source: { repoURL: '' },
              sources,
              revisions,
              deployedAt: DEPLOYED_AT,
            }
          : { id: 0, source, revision, deployedAt: DEPLOYED_AT },
      ],
    },
  });
}

describe('where manifests come from', () => {
  let argocd: ScriptedArgocd;
  let gitops: Gitops;

  beforeEach(async () => {
    argocd = await ScriptedArgocd.start();
    argocd.manifests = [workload('ghcr.io/acme/cart:1.4.2')];
  });

  afterEach(async () => {
    await gitops?.stop();
    await argocd.stop();
  });

  async function start(): Promise<void> {
    gitops = await startGitops({
      config: { gitops: gitopsBlock, argocd: argocdBlock(argocd.url, 'token') },
      entities: [component('cart')],
    });
  }

  async function untilDeployment(
    isWished: (deployment: Deployment) => boolean,
  ): Promise<Deployment> {
    const { items } = await gitops.untilDeployments(({ items: [item] }) =>
      Boolean(item && isWished(item)),
    );
    const [deployment] = items;
    if (!deployment) {
      throw new TypeError('There is no deployment');
    }
    return deployment;
  }

  const SOURCES: [
    what: string,
    sources: object[],
    revisions: string[],
    expected: object[],
  ][] = [
    [
      'a folder that kustomize builds',
      [{ repoURL: REPO, path: 'deploy', targetRevision: 'main' }],
      [SHA_1],
      [{ kind: 'git', repo: REPO, value: SHA_1 }],
    ],
    [
      'a Helm chart, whose revision is its version',
      [{ repoURL: CHARTS, chart: 'cart', targetRevision: '2.*' }],
      ['2.3.1'],
      [{ kind: 'chart', repo: CHARTS, value: '2.3.1' }],
    ],
    [
      'a Helm chart of an OCI registry, which is spelt without a scheme',
      [
        {
          repoURL: 'ghcr.io/acme/charts',
          chart: 'cart',
          targetRevision: '2.3.1',
        },
      ],
      ['2.3.1'],
      [{ kind: 'chart', repo: 'ghcr.io/acme/charts', value: '2.3.1' }],
    ],
    [
      'an OCI artifact',
      [
        {
          repoURL: 'oci://ghcr.io/acme/cart-deploy',
          path: '.',
          targetRevision: 'v2',
        },
      ],
      [`sha256:${'a'.repeat(64)}`],
      [
        {
          kind: 'oci',
          repo: 'oci://ghcr.io/acme/cart-deploy',
          value: `sha256:${'a'.repeat(64)}`,
        },
      ],
    ],
    [
      'a chart with values of a repository',
      [
        {
          repoURL: CHARTS,
          chart: 'cart',
          targetRevision: '2.3.1',
          helm: { valueFiles: ['$values/deploy/values.yaml'] },
        },
        { repoURL: REPO, targetRevision: 'main', ref: 'values' },
      ],
      ['2.3.1', SHA_2],
      [
        { kind: 'chart', repo: CHARTS, value: '2.3.1' },
        { kind: 'git', repo: REPO, value: SHA_2 },
      ],
    ],
  ];

  it.each(SOURCES)('is %s', async (...row) => {
    const [, sources, revisions, expected] = row;
    argocd.put(synced(sources, revisions));
    await start();

    const deployment = await untilDeployment(({ live }) => Boolean(live));

    expect(deployment).toMatchObject({
      revisions: expected,
      live: { version: '1.4.2' },
      desired: { version: '1.4.2' },
      since: DEPLOYED_AT,
    });
  });

  it('asks for all sources of several, at the revisions that were compared', async () => {
    argocd.put(
      synced(
        [
          { repoURL: CHARTS, chart: 'cart', targetRevision: '2.3.1' },
          { repoURL: REPO, targetRevision: 'main', ref: 'values' },
        ],
        ['2.3.1', SHA_2],
      ),
    );
    await start();
    await untilDeployment(({ live }) => Boolean(live));

    const queries = argocd.requests
      .filter(url => url.includes('/manifests'))
      .map(url => new URL(url, argocd.url).searchParams)
      .map(query => [
        query.getAll('revisions'),
        query.getAll('sourcePositions'),
      ]);

    expect(queries).toEqual([
      [
        ['2.3.1', SHA_2],
        ['1', '2'],
      ],
    ]);
  });

  it('is the branch that was hydrated, not the one that people edit', async () => {
    argocd.put(
      argoJson({
        spec: {
          source: undefined,
          sourceHydrator: {
            drySource: {
              repoURL: REPO,
              path: 'deploy',
              targetRevision: 'main',
            },
            syncSource: { targetBranch: 'environments/dev', path: 'cart' },
          },
        },
        status: {
          sync: { status: 'Synced', revision: SHA_2 },
          history: [
            {
              id: 0,
              revision: SHA_2,
              source: {
                repoURL: REPO,
                path: 'cart',
                targetRevision: 'environments/dev',
              },
              deployedAt: DEPLOYED_AT,
            },
          ],
        },
      }),
    );
    await start();

    const deployment = await untilDeployment(({ live }) => Boolean(live));

    expect(deployment.revisions).toMatchObject([{ repo: REPO, value: SHA_2 }]);
  });

  it('is overridden by an image updater, as a parameter of the Application', async () => {
    const source = { repoURL: REPO, path: 'deploy', targetRevision: 'main' };
    argocd.put(synced([source], [SHA_1]));
    await start();
    await untilDeployment(({ live }) => live?.version === '1.4.2');

    argocd.manifests = [workload('ghcr.io/acme/cart:1.4.3')];
    argocd.put(
      synced(
        [{ ...source, kustomize: { images: ['ghcr.io/acme/cart:1.4.3'] } }],
        [SHA_1],
      ),
    );

    // The commit is the same: what is rendered of it is not.
    const deployment = await untilDeployment(
      ({ live }) => live?.version === '1.4.3',
    );
    expect(deployment.desired?.version).toBe('1.4.3');
    expect(deployment.revisions).toMatchObject([{ value: SHA_1 }]);
  });

  it('is overridden by an image updater, as a commit of its .argocd-source file', async () => {
    const source = { repoURL: REPO, path: 'deploy', targetRevision: 'main' };
    argocd.put(synced([source], [SHA_1]));
    await start();
    await untilDeployment(({ live }) => live?.version === '1.4.2');

    // Argo CD applies `.argocd-source-cart.yaml` where it renders.
    argocd.manifests = [workload('ghcr.io/acme/cart:1.4.3')];
    argocd.live = [workload('ghcr.io/acme/cart:1.4.2')];
    const next = synced([source], [SHA_1]);
    next.status.sync = { status: 'OutOfSync', revision: SHA_2 };
    argocd.put(next);

    const deployment = await untilDeployment(
      ({ desired, live }) => desired?.version === '1.4.3' && Boolean(live),
    );
    expect(deployment).toMatchObject({
      live: { version: '1.4.2' },
      // What was deployed, not what is compared to.
      revisions: [{ value: SHA_1 }],
    });
  });

  describe('with an ApplicationSet', () => {
    const generated = (name: string) =>
      argoJson({
        metadata: {
          name,
          ownerReferences: [
            {
              apiVersion: 'argoproj.io/v1alpha1',
              kind: 'ApplicationSet',
              name: 'cart',
              uid: '1',
              controller: true,
            },
          ],
        },
      });

    it('names it, and is in its environment where that is one', async () => {
      argocd.applicationSets.cart = {
        spec: {
          generators: [{ list: { elements: [{ cluster: 'dev' }] } }],
          template: { metadata: { name: 'cart-{{cluster}}' } },
        },
      };
      argocd.put(generated('cart-dev'));
      await start();

      const deployment = await untilDeployment(
        ({ applicationSet }) => applicationSet === 'cart',
      );
      await gitops.untilDeployments(() => argocd.count('applicationsets') > 0);

      expect(deployment.environment).toBe('dev');
      expect(deployment).not.toHaveProperty('preview');
    });

    it('is a preview of a pull request, in no environment', async () => {
      argocd.applicationSets.cart = {
        spec: {
          generators: [
            {
              pullRequest: {
                github: { owner: 'acme', repo: 'cart', labels: ['preview'] },
              },
            },
          ],
          template: { metadata: { name: 'cart-pr-{{ .number }}' } },
        },
      };
      argocd.put(generated('cart-pr-42'));
      argocd.put(generated('cart-pr-43'));
      await start();

      const { items } = await gitops.untilDeployments(
        list =>
          list.items.length === 2 && list.items.every(({ preview }) => preview),
      );

      expect(items.map(({ preview }) => preview)).toEqual([
        {
          pullRequest: {
            number: 42,
            url: 'https://github.com/acme/cart/pull/42',
          },
        },
        {
          pullRequest: {
            number: 43,
            url: 'https://github.com/acme/cart/pull/43',
          },
        },
      ]);
      items.forEach(item => expect(item).not.toHaveProperty('environment'));
      // One look for all that it has generated.
      expect(argocd.count('applicationsets')).toBe(1);
    });

    it('is shown all the same where the portal may not read ApplicationSets', async () => {
      argocd.put(generated('cart-pr-42'));
      await start();

      const deployment = await untilDeployment(({ live }) => Boolean(live));

      expect(deployment).toMatchObject({
        environment: 'dev',
        applicationSet: 'cart',
      });
    });
  });
});
