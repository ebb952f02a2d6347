import {
  type DeploymentHistory,
  type HistoryItem,
  type HistorySync,
} from '@callboard/backstage-plugin-gitops-common';
import { commit, OLD_SHA } from './commit';
import { minutesAgo } from './minutesAgo';

/** A sync of everything that went well. */
export function deployed(
  minutes: number,
  changes: Partial<HistorySync> = {},
): HistorySync {
  return {
    kind: 'sync',
    id: `sync/history/${minutes}`,
    at: minutesAgo(minutes),
    outcome: 'succeeded',
    partial: false,
    revisions: [commit()],
    images: ['ghcr.io/acme/cart:1.0.7'],
    by: 'auto-sync',
    ...changes,
  };
}

/** What happened to `cart`; observed since last week, but for what is given. */
export function history(
  items: readonly HistoryItem[],
  changes: Partial<DeploymentHistory> = {},
): DeploymentHistory {
  return {
    items,
    observedSince: minutesAgo(60 * 24 * 8),
    keptForDays: 180,
    sources: [
      { name: 'argocd:main', state: 'ok', since: minutesAgo(60) },
      { name: 'database', state: 'ok', since: minutesAgo(0) },
    ],
    ...changes,
  };
}

/** Three deployments, of which the last is healthy. */
export function quietHistory(): DeploymentHistory {
  return history([
    {
      kind: 'health',
      id: 'health/12',
      at: minutesAgo(11),
      status: 'Healthy',
    },
    deployed(12),
    deployed(60 * 26, {
      revisions: [commit(OLD_SHA)],
      images: ['ghcr.io/acme/cart:1.0.6'],
      by: 'user:default/maya',
    }),
    deployed(60 * 74, {
      revisions: [commit('0c44e1d2b3a4958677685940a1b2c3d4e5f60718')],
      images: [],
    }),
    {
      kind: 'life',
      id: 'life/created',
      at: minutesAgo(60 * 24 * 40),
      outcome: 'created',
    },
  ]);
}
