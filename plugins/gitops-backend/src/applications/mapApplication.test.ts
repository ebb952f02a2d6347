import {
  application,
  argoJson,
  SHA_1,
  SHA_2,
} from '../__testUtils__/argoApplication';
import { argoApplication } from '../argocd/schema';
import { historyOf } from './history';
import { mapApplication } from './mapApplication';

describe('mapApplication', () => {
  it('translates an application', () => {
    expect(application()).toEqual({
      id: 'main/argocd/cart-dev-dev',
      instance: 'main',
      namespace: 'argocd',
      name: 'cart-dev-dev',
      project: 'services-dev',
      labels: { 'app.kubernetes.io/name': 'cart' },
      annotations: { 'backstage.io/entity-ref': 'component:default/cart' },
      sources: [
        {
          kind: 'git',
          repo: 'http://localhost:7080/acme/cart',
          path: 'deploy/overlays/dev',
          targetRevision: 'main',
        },
      ],
      sourcesHash: expect.any(String),
      destination: {
        server: 'https://dev.k8s.acme.test',
        namespace: 'cart-dev',
      },
      automated: true,
      selfHeals: true,
      sync: { status: 'Synced', revisions: [SHA_1] },
      health: { status: 'Healthy', since: '2026-01-02T03:04:05Z' },
      deployed: {
        at: '2026-01-02T03:04:00Z',
        revisions: [
          {
            kind: 'git',
            repo: 'http://localhost:7080/acme/cart',
            value: SHA_1,
          },
        ],
      },
      keptHistory: expect.any(String),
      conditions: [],
    });
    expect(historyOf(application())).toEqual([
      {
        id: 0,
        at: '2026-01-02T03:04:00Z',
        revisions: [
          {
            kind: 'git',
            repo: 'http://localhost:7080/acme/cart',
            value: SHA_1,
          },
        ],
      },
    ]);
  });

  it('keeps of the annotations only what is read', () => {
    const { annotations } = application({
      metadata: {
        annotations: {
          'kubectl.kubernetes.io/last-applied-configuration':
            '{"spec":{"source":{"helm":{"values":"password: secret"}}}}',
          'notified.notifications.argoproj.io': '{"sent":1}',
          'acme.test/webhook': 'https://hooks.acme.test/s3cret',
          'backstage.io/entity-ref': 'component:default/cart',
        },
      },
    });

    expect(annotations).toEqual({
      'backstage.io/entity-ref': 'component:default/cart',
    });
  });

  it.each([
    [
      'https://maya:s3cret@github.com/acme/cart.git',
      'https://github.com/acme/cart.git',
    ],
    ['  https://s3cret@github.com/acme/cart\n', 'https://github.com/acme/cart'],
    ['HTTPS://x:s3cret@github.com/acme/cart', 'HTTPS://github.com/acme/cart'],
    [
      'https://github.com/acme/cart?access_token=s3cret',
      'https://github.com/acme/cart',
    ],
    [
      'https://maya:s3/cr@et@github.com/acme/cart',
      'https://github.com/acme/cart',
    ],
    ['oci://maya:s3cret@ghcr.io/acme/cart', 'oci://ghcr.io/acme/cart'],
    ['ssh://git:s3cret@github.com/acme/cart', 'ssh://git@github.com/acme/cart'],
    ['git:s3cret@github.com:acme/cart', 'git@github.com:acme/cart'],
    ['git@github.com:acme/cart', 'git@github.com:acme/cart'],
    ['maya:s3cret@ghcr.io/acme/charts', 'ghcr.io/acme/charts'],
    ['ghcr.io/acme/charts', 'ghcr.io/acme/charts'],
    ['https://github.com/acme/cart@v1', 'https://github.com/acme/cart@v1'],
  ])('keeps %j as %s', (repoURL, repo) => {
    const source = { repoURL, path: 'deploy' };
    const mapped = application({
      spec: { source },
      status: {
        sync: { status: 'Synced', revision: SHA_1 },
        history: [{ id: 0, revision: SHA_1, source }],
        operationState: {
          phase: 'Failed',
          message: `cannot fetch ${repoURL}`,
          syncResult: { revision: SHA_1, source },
        },
        conditions: [
          { type: 'ComparisonError', message: `cannot fetch ${repoURL}` },
        ],
      },
    });

    expect(mapped.sources[0]?.repo).toBe(repo);
    expect(historyOf(mapped)[0]?.revisions[0]?.repo).toBe(repo);
    expect(mapped.deployed?.revisions[0]?.repo).toBe(repo);
    expect(mapped.operation?.revisions[0]?.repo).toBe(repo);
  });

  it('keeps no address’s credentials of messages', () => {
    const message =
      'failed to list refs of https://maya:s3cret@github.com/acme/cart: no';
    const mapped = application({
      status: {
        operationState: { phase: 'Failed', message },
        conditions: [{ type: 'ComparisonError', message }],
      },
    });

    expect(JSON.stringify(mapped)).not.toContain('s3cret');
    expect(mapped.conditions[0]?.message).toMatch(/^failed to list .*: no$/);
  });

  it('accepts what has just been created', () => {
    const fresh = application({
      metadata: { labels: null, annotations: null, deletionTimestamp: null },
      status: { sync: undefined, health: {}, history: undefined },
    });

    expect(fresh.sync).toEqual({ status: 'Unknown', revisions: [] });
    expect(fresh.health).toEqual({ status: 'Unknown' });
    expect(fresh.deployed).toBeUndefined();
  });

  it('accepts an application without any status', () => {
    const { metadata, spec } = argoJson();

    const mapped = mapApplication(
      'main',
      argoApplication.parse({ metadata, spec }),
    );

    expect(mapped.sync.status).toBe('Unknown');
  });

  it.each(['Sinced', '', 'SYNCED', 'toString', null])(
    'takes the status %j for Unknown',
    word => {
      const strange = application({
        status: { sync: { status: word }, health: { status: word } },
      });

      expect(strange.sync.status).toBe('Unknown');
      expect(strange.health.status).toBe('Unknown');
    },
  );

  it('takes the last entry of the history for what was deployed, not the compared revision', () => {
    const { deployed, sync } = application({
      status: {
        sync: { status: 'OutOfSync', revision: SHA_2 },
        operationState: {
          phase: 'Failed',
          finishedAt: '2026-01-05T00:00:00Z',
          syncResult: { revision: SHA_2, source: { repoURL: 'x' } },
        },
      },
    });

    expect(sync.revisions).toEqual([SHA_2]);
    expect(deployed?.revisions[0]?.value).toBe(SHA_1);
    expect(deployed?.at).toBe('2026-01-02T03:04:00Z');
  });

  it('takes the last operation where there is no history', () => {
    const { deployed } = application({
      status: {
        history: [],
        operationState: {
          phase: 'Succeeded',
          finishedAt: '2026-01-05T00:00:00Z',
          syncResult: {
            revision: SHA_2,
            source: { repoURL: 'http://localhost:7080/acme/cart' },
          },
        },
      },
    });

    expect(deployed).toEqual({
      at: '2026-01-05T00:00:00Z',
      revisions: [
        { kind: 'git', repo: 'http://localhost:7080/acme/cart', value: SHA_2 },
      ],
    });
  });

  it.each([
    ['failed', { phase: 'Failed' }],
    ['still runs', { phase: 'Running', finishedAt: '2026-01-05T00:00:00Z' }],
    [
      'was partial',
      { phase: 'Succeeded', operation: { sync: { resources: [{}] } } },
    ],
  ])('takes nothing from an operation that %s', (_, operationState) => {
    const { deployed } = application({
      status: {
        history: null,
        operationState: {
          syncResult: { revision: SHA_2, source: { repoURL: 'x' } },
          ...operationState,
        },
      },
    });

    expect(deployed).toBeUndefined();
  });

  it('pairs several sources with their revisions', () => {
    const { sources, sync, deployed, keptHistory } = application({
      spec: {
        source: null,
        sources: [
          {
            repoURL: 'https://charts.acme.test',
            chart: 'redis',
            targetRevision: '1.x',
          },
          { repoURL: 'oci://ghcr.io/acme/config' },
          { repoURL: 'https://github.com/acme/cart', path: './deploy/' },
        ],
      },
      status: {
        sync: { status: 'Synced', revisions: ['1.4.2', 'sha256:a', SHA_2] },
        history: [
          {
            revisions: ['1.4.1', 'sha256:b', SHA_1],
            source: { repoURL: '' },
            sources: [
              { repoURL: 'https://charts.acme.test', chart: 'redis' },
              { repoURL: 'oci://ghcr.io/acme/config' },
              { repoURL: 'https://github.com/acme/cart' },
            ],
          },
        ],
      },
    });

    expect(sources.map(({ kind, path }) => [kind, path])).toEqual([
      ['chart', ''],
      ['oci', ''],
      ['git', 'deploy'],
    ]);
    expect(sync.revisions).toEqual(['1.4.2', 'sha256:a', SHA_2]);
    expect(deployed?.revisions.map(({ value }) => value)).toEqual([
      '1.4.1',
      'sha256:b',
      SHA_1,
    ]);
    expect(historyOf({ keptHistory })[0]?.revisions[0]).toEqual({
      kind: 'chart',
      repo: 'https://charts.acme.test',
      value: '1.4.1',
      chart: 'redis',
    });
  });

  it('keeps the history, oldest first', () => {
    const source = { repoURL: 'https://github.com/acme/cart' };
    const { keptHistory } = application({
      status: {
        history: [
          {
            id: 4,
            revision: SHA_1,
            source,
            deployedAt: '2026-01-02T03:04:00Z',
          },
          {
            id: 5,
            revision: SHA_2,
            source,
            deployStartedAt: '2026-01-03T03:03:50Z',
            deployedAt: '2026-01-03T03:04:00Z',
          },
        ],
      },
    });

    const history = historyOf({ keptHistory });
    expect(history.map(({ id }) => id)).toEqual([4, 5]);
    expect(history[1]).toMatchObject({
      startedAt: '2026-01-03T03:03:50Z',
      at: '2026-01-03T03:04:00Z',
      revisions: [{ value: SHA_2 }],
    });
  });

  it('takes a hydrated application from where it was hydrated to', () => {
    const { sources, drySource } = application({
      spec: {
        source: null,
        sourceHydrator: {
          drySource: { repoURL: 'https://github.com/acme/cart', path: 'dry' },
          syncSource: { path: 'wet', targetBranch: 'environments/dev' },
        },
      },
    });

    expect(sources).toEqual([
      {
        kind: 'git',
        repo: 'https://github.com/acme/cart',
        path: 'wet',
        targetRevision: 'environments/dev',
      },
    ]);
    expect(drySource).toEqual({
      kind: 'git',
      repo: 'https://github.com/acme/cart',
      path: 'dry',
      targetRevision: 'HEAD',
    });
  });

  it.each([
    [{ automated: {} }, { automated: true, selfHeals: false }],
    [{ automated: { selfHeal: true } }, { automated: true, selfHeals: true }],
    [
      { automated: { enabled: false, selfHeal: true } },
      { automated: false, selfHeals: false },
    ],
    [{ automated: null }, { automated: false, selfHeals: false }],
    [null, { automated: false, selfHeals: false }],
  ])(
    'reads from the policy %j whether it syncs, and heals, on its own',
    (syncPolicy, expected) => {
      expect(application({ spec: { syncPolicy } })).toMatchObject(expected);
    },
  );

  it('notices any change of a source', () => {
    const changed = application({
      spec: {
        source: {
          repoURL: 'http://localhost:7080/acme/cart',
          path: 'deploy/overlays/dev',
          targetRevision: 'main',
          kustomize: { images: ['cart:2'] },
        },
      },
    });

    expect(changed.sourcesHash).not.toBe(application().sourcesHash);
  });
});
