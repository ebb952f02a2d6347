import {
  type DeploymentHistory,
  type HistoryItem,
  type HistorySync,
} from '@callboard/backstage-plugin-gitops-common';
import { historyEntries, joinPages } from './history';

const at = (hour: number) => `2026-08-22T${String(hour).padStart(2, '0')}:00Z`;

function sync(hour: number, changes: Partial<HistorySync> = {}): HistorySync {
  return {
    kind: 'sync',
    id: `sync/${hour}`,
    at: at(hour),
    outcome: 'succeeded',
    partial: false,
    revisions: [],
    images: [],
    ...changes,
  };
}

const repair = (hour: number) => sync(hour, { partial: true, by: 'auto-sync' });

function health(
  hour: number,
  status: 'Healthy' | 'Degraded' | 'Suspended',
): HistoryItem {
  return { kind: 'health', id: `health/${hour}`, at: at(hour), status };
}

const words = (items: readonly HistoryItem[]) =>
  historyEntries(items).map(({ look }) => look.word);

describe('historyEntries', () => {
  it('says until when each deployment was live, whatever failed meanwhile', () => {
    const entries = historyEntries([
      sync(12),
      sync(11, { outcome: 'failed' }),
      repair(10),
      sync(9),
    ]);

    expect(entries.map(({ live }) => live)).toEqual([
      { from: at(12) },
      undefined,
      undefined,
      { from: at(9), until: at(12) },
    ]);
  });

  it.each<[string, HistoryItem[], string[]]>([
    [
      'syncs',
      [
        sync(4),
        sync(3, { outcome: 'failed' }),
        sync(2, { outcome: 'error' }),
        sync(1, { partial: true, by: 'user:default/maya' }),
      ],
      ['Deployed', 'Sync failed', 'Sync failed', 'Synced in part'],
    ],
    [
      'health that is regained',
      [health(3, 'Healthy'), sync(2), health(1, 'Degraded')],
      ['Healthy again', 'Deployed', 'Degraded'],
    ],
    [
      'health that was never lost',
      [health(3, 'Healthy'), health(2, 'Suspended'), health(1, 'Healthy')],
      ['Healthy', 'Suspended', 'Healthy'],
    ],
    [
      'the application',
      [
        { kind: 'life', id: 'b', at: at(2), outcome: 'removed' },
        { kind: 'life', id: 'a', at: at(1), outcome: 'created' },
      ],
      ['Application removed', 'Application created'],
    ],
  ])('has words for %s', (_, items, expected) => {
    expect(words(items)).toEqual(expected);
  });

  it('makes one entry of drifts that are undone in a row', () => {
    const entries = historyEntries([
      repair(5),
      repair(4),
      repair(3),
      sync(2),
      repair(1),
    ]);

    expect(entries.map(({ look, count }) => [look.word, count])).toEqual([
      ['Drift undone', 3],
      ['Deployed', 1],
      ['Drift undone', 1],
    ]);
  });

  it('says when nobody observed, and why', () => {
    const [lasting, over] = historyEntries([
      { kind: 'gap', id: 'b', from: at(5), reason: 'unreachable' },
      { kind: 'gap', id: 'a', from: at(1), to: at(2), reason: 'not-running' },
    ]);

    expect(lasting).toMatchObject({
      look: { word: 'Not observed' },
      gap: { from: at(5), reason: 'Argo CD could not be reached' },
    });
    expect(lasting?.gap).not.toHaveProperty('to');
    expect(over?.gap).toEqual({
      from: at(1),
      to: at(2),
      reason: 'the portal did not run',
    });
  });

  it.each([
    ['ghcr.io/acme/cart:1.0.7', 'cart:1.0.7'],
    ['ghcr.io/acme/cart:1.0.7@sha256:9f2c1ab0', 'cart:1.0.7'],
    ['ghcr.io/acme/cart@sha256:9f2c1ab0d4', 'cart@9f2c1ab'],
    ['localhost:5000/cart', 'cart'],
  ])('names the image %s in short', (image, expected) => {
    expect(historyEntries([sync(1, { images: [image] })])[0]?.images).toEqual([
      expected,
    ]);
  });
});

describe('joinPages', () => {
  const page = (
    items: HistoryItem[],
    nextCursor?: string,
  ): DeploymentHistory => ({
    items,
    keptForDays: 180,
    sources: [],
    ...(nextCursor && { nextCursor }),
  });

  it('has everything once', () => {
    const joined = joinPages([
      page([sync(3), sync(2)], 'x'),
      page([sync(2), sync(1)]),
    ]);

    expect(joined?.items.map(({ id }) => id)).toEqual([
      'sync/3',
      'sync/2',
      'sync/1',
    ]);
    expect(joinPages([])).toBeUndefined();
  });
});
