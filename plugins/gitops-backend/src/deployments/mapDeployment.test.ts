import { ConfigReader } from '@backstage/config';
import { ScmIntegrations } from '@backstage/integration';
import { type Release } from '@callboard/backstage-plugin-gitops-common';
import { application, SHA_1, SHA_2 } from '../__testUtils__/argoApplication';
import { mapDeployment } from './mapDeployment';

const OLD: Release = { version: '1.0.1', images: [{ name: 'cart' }] };
const NEW: Release = { version: '1.0.2', images: [{ name: 'cart' }] };

function map(
  changes: Parameters<typeof application>[0] = {},
  details: object = {},
) {
  return mapDeployment({
    application: application(changes),
    details,
    place: { environment: 'dev', cluster: 'dev', order: 1 },
    access: { may: ['detail'] },
    instanceUrl: 'https://argocd.acme.test/base/',
    observedAt: '2026-01-02T03:05:00Z',
    integrations: ScmIntegrations.fromConfig(new ConfigReader({})),
  });
}

describe('mapDeployment', () => {
  it('makes a row', () => {
    expect(map({}, { desired: NEW, live: NEW })).toEqual({
      environment: 'dev',
      cluster: 'dev',
      application: {
        instance: 'main',
        namespace: 'argocd',
        name: 'cart-dev-dev',
        url: 'https://argocd.acme.test/base/applications/argocd/cart-dev-dev',
      },
      desired: NEW,
      live: NEW,
      sync: { status: 'Synced' },
      health: { status: 'Healthy' },
      access: { may: ['detail'] },
      revisions: [
        {
          kind: 'git',
          repo: 'http://localhost:7080/acme/cart',
          value: SHA_1,
        },
      ],
      since: '2026-01-02T03:04:00Z',
      observedAt: '2026-01-02T03:05:00Z',
    });
  });

  it('shows, out of sync, what runs and where it came from', () => {
    const row = map(
      { status: { sync: { status: 'OutOfSync', revision: SHA_2 } } },
      { desired: NEW, live: OLD },
    );

    expect(row.desired?.version).toBe('1.0.2');
    expect(row.live?.version).toBe('1.0.1');
    expect(row.revisions.map(({ value }) => value)).toEqual([SHA_1]);
    expect(row.since).toBe('2026-01-02T03:04:00Z');
  });

  it('has no release, revision or time for what was never deployed', () => {
    const row = map({ status: { history: null } });

    expect(row).not.toHaveProperty('live');
    expect(row).not.toHaveProperty('desired');
    expect(row).not.toHaveProperty('since');
    expect(row.revisions).toEqual([]);
  });

  it.each<[string, object, string | undefined]>([
    ['Synced', {}, undefined],
    [
      'a broken source, before anything else',
      {
        sync: { status: 'Unknown' },
        conditions: [
          { type: 'SyncError', message: 'b' },
          { type: 'ComparisonError', message: 'kustomize build failed' },
        ],
        operationState: { phase: 'Failed', message: 'c' },
      },
      'Argo CD cannot tell what should run: kustomize build failed',
    ],
    [
      'a failed sync',
      {
        sync: { status: 'OutOfSync' },
        operationState: { phase: 'Failed', message: 'one object failed' },
      },
      'The last sync failed: one object failed',
    ],
    [
      'a failure of the past',
      { operationState: { phase: 'Failed', message: 'one object failed' } },
      undefined,
    ],
    [
      'a running sync',
      {
        sync: { status: 'OutOfSync' },
        operationState: { phase: 'Running', message: 'waiting for hook' },
      },
      'Syncing: waiting for hook',
    ],
    [
      'a failed sync that is tried again',
      {
        sync: { status: 'OutOfSync' },
        operationState: {
          phase: 'Running',
          message: 'one object failed. Retrying attempt #2 at 12:15PM.',
        },
      },
      'The sync failed and is tried again: one object failed. Retrying attempt #2 at 12:15PM.',
    ],
    [
      'a condition that nobody knows',
      { conditions: [{ type: 'NewThing', message: 'x' }] },
      undefined,
    ],
  ])('says about %s', (_, status, expected) => {
    expect(map({ status }).sync.message).toBe(expected);
  });

  it('says that somebody has to sync', () => {
    const row = map({
      spec: { syncPolicy: null },
      status: { sync: { status: 'OutOfSync' } },
    });

    expect(row.sync.message).toMatch(/somebody has to sync/);
  });

  const policy = (selfHeal: boolean) => ({
    spec: { syncPolicy: { automated: { selfHeal } } },
  });
  const source = { repoURL: 'https://github.com/acme/cart' };

  it.each([
    ['drifted and is left alone', policy(false), SHA_1, /It drifted/],
    ['is about to be healed', policy(true), SHA_1, /about to sync/],
    ['has to follow a commit', policy(false), SHA_2, /about to sync/],
  ])('says that it %s', (...row) => {
    const [, spec, revision, expected] = row;
    const { sync } = map({
      ...spec,
      status: {
        sync: { status: 'OutOfSync', revision },
        history: [{ revision: SHA_1, source }],
      },
    });

    expect(sync.message).toMatch(expected);
  });

  it('keeps credentials in messages to itself', () => {
    const text = JSON.stringify(
      map(
        {
          status: {
            conditions: [
              {
                type: 'ComparisonError',
                message:
                  'fetch https://bot:hunter2hunter2@github.com/a/b failed, Authorization: Bearer abcdefghijklmnop eyJhbGciOi.eyJzdWIiOi.c2lnbmF0dXJl ghp_0123456789abcdef',
              },
            ],
            history: [
              {
                revision: SHA_1,
                source: { repoURL: 'https://bot:hunter2@github.com/acme/cart' },
              },
            ],
          },
        },
        { healthMessage: 'pull from https://x:hunter2@ghcr.io failed' },
      ),
    );

    expect(text).toContain('cannot tell what should run');
    expect(text).not.toMatch(/hunter2|abcdefghijklmnop|eyJ|ghp_/);
  });
});
