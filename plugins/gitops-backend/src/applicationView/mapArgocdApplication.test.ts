import { type DeploymentVerb } from '@callboard/backstage-plugin-gitops-common';
import { application, SHA_1, SHA_2 } from '../__testUtils__/argoApplication';
import { mapArgocdApplication } from './mapArgocdApplication';

const OK = {
  name: 'argocd:main',
  state: 'ok',
  since: '2026-01-01T00:00:00Z',
} as const;

function map(
  changes: Parameters<typeof application>[0] = {},
  facts: {
    may?: DeploymentVerb[];
    source?: Parameters<typeof mapArgocdApplication>[0]['source'];
  } = {},
) {
  const { may = ['detail'], source = OK } = facts;
  return mapArgocdApplication({
    found: { application: application(changes), access: { may } },
    details: {
      live: {
        version: '1.0.1',
        images: [
          { name: 'ghcr.io/acme/cart', tag: '1.0.1' },
          { name: 'ghcr.io/acme/side', digest: 'sha256:9f86' },
        ],
      },
    },
    instanceUrl: 'https://argocd.acme.test',
    source,
  });
}

describe('mapArgocdApplication', () => {
  it('tells an application as Argo CD does', () => {
    const synced = map({
      status: {
        operationState: {
          phase: 'Succeeded',
          startedAt: '2026-01-02T03:03:50Z',
          finishedAt: '2026-01-02T03:04:00Z',
        },
      },
    });

    expect(synced).toEqual({
      metadata: {
        name: 'cart-dev-dev',
        namespace: 'argocd',
        uid: 'main/argocd/cart-dev-dev',
        instance: { name: 'main', url: 'https://argocd.acme.test' },
      },
      spec: {
        project: 'services-dev',
        source: {
          repoURL: 'http://localhost:7080/acme/cart',
          path: 'deploy/overlays/dev',
          targetRevision: 'main',
        },
        destination: {
          server: 'https://dev.k8s.acme.test',
          namespace: 'cart-dev',
        },
      },
      status: {
        sync: { status: 'Synced' },
        health: { status: 'Healthy' },
        operationState: {
          phase: 'Succeeded',
          startedAt: '2026-01-02T03:03:50Z',
          finishedAt: '2026-01-02T03:04:00Z',
        },
        history: [
          {
            id: 0,
            revision: SHA_1,
            source: { repoURL: 'http://localhost:7080/acme/cart' },
            deployedAt: '2026-01-02T03:04:00Z',
          },
        ],
        summary: {
          images: ['ghcr.io/acme/cart:1.0.1', 'ghcr.io/acme/side@sha256:9f86'],
        },
      },
    });
  });

  it('has words for what was never reconciled', () => {
    const { status } = map({
      status: { sync: undefined, health: {}, history: null },
    });

    expect(status).toMatchObject({
      sync: { status: 'Unknown' },
      health: { status: 'Unknown' },
      history: [],
    });
    expect(status).not.toHaveProperty('operationState');
    expect(status).not.toHaveProperty('conditions');
  });

  it('shows the status only to who may see no more', () => {
    const { status } = map({}, { may: ['refresh'] });

    expect(status.sync.status).toBe('Synced');
    expect(status.history).toEqual([]);
    expect(status.summary.images).toEqual([]);
  });

  it('keeps several sources together, and tells charts from commits', () => {
    const chart = { repoURL: 'https://charts.acme.test', chart: 'redis' };
    const git = { repoURL: 'https://token@github.com/acme/cart' };
    const { spec, status } = map({
      spec: { source: null, sources: [chart, git] },
      status: {
        history: [
          { id: 7, revisions: ['1.4.1', SHA_2], sources: [chart, git] },
          { id: 8, revision: '1.4.2', source: chart },
        ],
      },
    });

    expect(spec.source).toBeUndefined();
    expect(spec.sources?.map(source => source.chart)).toEqual([
      'redis',
      undefined,
    ]);
    expect(status.history).toEqual([
      {
        id: 7,
        revisions: ['1.4.1', SHA_2],
        sources: [chart, { repoURL: 'https://github.com/acme/cart' }],
      },
      { id: 8, revision: '1.4.2', source: chart },
    ]);
  });

  it('says that what it tells is old, and Argo CD’s conditions without secrets', () => {
    const { status } = map(
      {
        status: {
          conditions: [
            {
              type: 'ComparisonError',
              message: 'cannot clone https://bot:s3cr3t@git.test/x',
              lastTransitionTime: '2026-01-05T00:00:00Z',
            },
          ],
        },
      },
      {
        source: {
          name: 'argocd:main',
          state: 'unreachable',
          since: '2026-01-06T00:00:00Z',
          message: 'Argo CD (main) refuses connections.',
        },
      },
    );

    expect(status.conditions).toEqual([
      {
        type: 'InstanceNotRead',
        message:
          'Argo CD (main) refuses connections. This is what was known before.',
        lastTransitionTime: '2026-01-06T00:00:00Z',
      },
      {
        type: 'ComparisonError',
        message: 'cannot clone https://…git.test/x',
        lastTransitionTime: '2026-01-05T00:00:00Z',
      },
    ]);
  });
});
