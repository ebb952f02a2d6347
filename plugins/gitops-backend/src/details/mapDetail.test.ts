import { ConfigReader } from '@backstage/config';
import { ScmIntegrations } from '@backstage/integration';
import {
  argoJson,
  application,
  SHA_1,
  SHA_2,
} from '../__testUtils__/argoApplication';
import { applicationDetail } from '../argocd/detailSchema';
import { mapDetail } from './mapDetail';

function detail(
  changes: { spec?: object; status?: object; operation?: object } = {},
) {
  const json = { ...argoJson(changes), ...changes };
  const full = { ...argoJson(changes), operation: changes.operation };
  return mapDetail({
    application: application(json),
    ref: { instance: 'main', namespace: 'argocd', name: 'cart-dev-dev' },
    detail: applicationDetail.parse(full),
    integrations: ScmIntegrations.fromConfig(new ConfigReader({})),
  });
}

describe('mapDetail', () => {
  it.each([
    [undefined, { automated: false, prune: false, selfHeal: false }],
    [{}, { automated: true, prune: false, selfHeal: false }],
    [
      { prune: true, selfHeal: true },
      { automated: true, prune: true, selfHeal: true },
    ],
    [
      { enabled: false, prune: true },
      { automated: false, prune: false, selfHeal: false },
    ],
  ])('reads the sync policy %j', (automated, expected) => {
    const { syncPolicy } = detail({ spec: { syncPolicy: { automated } } });

    expect(syncPolicy).toEqual(expected);
  });

  it('tells a cluster that does not answer from manifests that are wrong', () => {
    const { conditions } = detail({
      status: {
        conditions: [
          {
            type: 'ComparisonError',
            message:
              'Failed to load live state: failed to get cluster info for "https://k8s": i/o timeout',
          },
        ],
      },
    });

    expect(conditions).toEqual([
      expect.objectContaining({
        meaning: 'Argo CD cannot reach the cluster',
        fix: expect.stringContaining('the team that runs the cluster'),
      }),
    ]);
  });

  it('puts conditions into plain words, with what to do', () => {
    const { conditions } = detail({
      status: {
        conditions: [
          {
            type: 'ComparisonError',
            message:
              'Failed to load target state: failed to generate manifest for source 1 of 1: rpc error: code = Unknown desc = no such file https://me:secret@host/x',
          },
          { type: 'constructor', message: 'odd' },
        ],
      },
    });

    expect(conditions).toEqual([
      {
        type: 'ComparisonError',
        severity: 'error',
        meaning: 'Argo CD cannot tell what should run',
        fix: expect.stringContaining('Correct the manifests'),
        message: 'no such file https://…host/x',
      },
      expect.objectContaining({
        severity: 'warning',
        meaning: 'Argo CD reports something',
      }),
    ]);
  });

  it('tells the history newest first, with who asked for it', () => {
    const source = { repoURL: 'https://github.com/acme/cart' };
    const { history } = detail({
      status: {
        history: [
          {
            id: 3,
            revision: SHA_1,
            source,
            deployedAt: '2026-01-01T00:00:00Z',
            initiatedBy: { automated: true },
          },
          {
            id: 4,
            revision: SHA_2,
            source,
            deployedAt: '2026-01-02T00:00:00Z',
            initiatedBy: { username: 'admin' },
          },
          { id: 5, revision: SHA_2, source },
        ],
      },
    });

    expect(history).toEqual([
      {
        id: 4,
        at: '2026-01-02T00:00:00Z',
        by: 'admin',
        revisions: [
          {
            kind: 'git',
            repo: 'https://github.com/acme/cart',
            value: SHA_2,
            url: `https://github.com/acme/cart/commit/${SHA_2}`,
          },
        ],
      },
      expect.objectContaining({ id: 3, by: 'auto-sync' }),
    ]);
  });

  describe('an operation', () => {
    const state = (more: object) => ({ status: { operationState: more } });

    it('tells for whom the portal asked', () => {
      const { operation } = detail(
        state({
          phase: 'Failed',
          message: 'one or more objects failed to apply',
          startedAt: '2026-01-02T00:00:00Z',
          finishedAt: '2026-01-02T00:00:09Z',
          retryCount: 2,
          operation: {
            sync: { dryRun: true },
            initiatedBy: { username: 'backstage' },
            info: [{ name: 'Requested-by', value: 'user:default/maya' }],
          },
          syncResult: {
            resources: [
              {
                group: 'apps',
                kind: 'Deployment',
                namespace: 'cart',
                name: 'cart',
                status: 'SyncFailed',
                message: 'denied',
              },
              {
                kind: 'Job',
                namespace: 'cart',
                name: 'migrate',
                hookType: 'PreSync',
                hookPhase: 'Succeeded',
              },
            ],
          },
        }),
      );

      expect(operation).toEqual({
        phase: 'Failed',
        message: 'one or more objects failed to apply',
        startedAt: '2026-01-02T00:00:00Z',
        finishedAt: '2026-01-02T00:00:09Z',
        by: 'user:default/maya',
        dryRun: true,
        retries: 2,
        resources: [
          {
            group: 'apps',
            kind: 'Deployment',
            namespace: 'cart',
            name: 'cart',
            status: 'SyncFailed',
            message: 'denied',
          },
          {
            group: '',
            kind: 'Job',
            namespace: 'cart',
            name: 'migrate',
            status: 'Succeeded',
            hook: 'PreSync',
          },
        ],
      });
    });

    it.each([
      ['is about to begin', { operation: { sync: {} } }, 'Running'],
      [
        'has a phase that we do not know',
        state({ phase: 'Dancing' }),
        'Unknown',
      ],
    ])('that %s', (_, changes, phase) => {
      expect(detail(changes).operation?.phase).toBe(phase);
    });

    it('is absent where there was none', () => {
      expect(detail()).not.toHaveProperty('operation');
    });
  });
});
