import { type SyncWindowList } from '@callboard/backstage-plugin-gitops-common';
import { commit } from './commit';
import {
  crashLooping,
  detail,
  type Details,
  difference,
  healthyDetails,
  manifest,
  node,
  operation,
  pod,
  result,
  workload,
} from './details';
import { deployed, history } from './history';
import { minutesAgo } from './minutesAgo';

/** A window that opens in two days. */
export function closedWindow(): SyncWindowList {
  return {
    canSync: false,
    items: [
      {
        kind: 'allow',
        schedule: '0 9 * * 1-5',
        duration: '9h',
        timeZone: 'Europe/Paris',
        manualSync: false,
        isActive: false,
        changesAt: minutesAgo(-60 * 48),
      },
    ],
  };
}

/** A bad afternoon: a failed sync, a crash loop, differences, warnings. */
export function troubledDetails(changes: Partial<Details> = {}): Details {
  return healthyDetails({
    detail: failedDetail(),
    resources: {
      roots: [
        node('Service', 'cart', {
          health: { status: 'Healthy' },
          sync: 'Synced',
        }),
        workload([crashLooping, pod('cart-6d5f9c-fghij')], {
          sync: 'OutOfSync',
          health: {
            status: 'Degraded',
            message: 'Deployment "cart" exceeded its progress deadline',
          },
        }),
        node('ConfigMap', 'cart-legacy', {
          sync: 'OutOfSync',
          requiresPruning: true,
        }),
        node('Secret', 'cart-db', { sync: 'OutOfSync' }),
        node('Job', 'cart-migrate', {
          createdAt: undefined,
          sync: 'OutOfSync',
          health: { status: 'Missing' },
        }),
      ],
    },
    diff: { items: differences() },
    events: { items: events() },
    history: troubledHistory(),
    log: {
      pod: crashLooping.name,
      container: 'cart',
      lines: [
        { at: minutesAgo(3), text: 'reading /etc/cart/cart.yaml' },
        {
          at: minutesAgo(3),
          text: 'Error: database.url is not set. Set it in the secret cart-db, key url; see https://docs.acme.test/cart/configuration for what belongs there.',
        },
        { at: minutesAgo(3), text: 'exiting with code 1' },
      ],
    },
    ...changes,
  });
}

function failedDetail() {
  return detail({
    syncPolicy: { automated: false, prune: false, selfHeal: false },
    conditions: [
      {
        type: 'SyncError',
        severity: 'error',
        meaning: 'The last sync failed, and was tried again five times.',
        fix: 'Look at what it says of the resources below, repair it in Git, then sync again.',
        message:
          'Failed last sync attempt to [9f2c1ab0d4e6f8a9b7c5d3e1f0a2b4c6d8e0f1a3]: one or more objects failed to apply, reason: Deployment.apps "cart" is invalid: spec.template.spec.containers[0].resources.requests: Invalid value: "2Gi": must be less than or equal to memory limit of 1Gi',
        since: minutesAgo(8),
      },
      {
        type: 'OrphanedResourceWarning',
        severity: 'warning',
        meaning: 'There is something in the namespace that nobody manages.',
        fix: 'Put it into Git, or delete it.',
        message: 'Application has 1 orphaned resources',
        since: minutesAgo(300),
      },
    ],
    operation: operation({
      phase: 'Failed',
      message: 'one or more objects failed to apply (retried 5 times)',
      startedAt: minutesAgo(10),
      finishedAt: minutesAgo(8),
      retries: 5,
      resources: [
        result('Service', 'Synced', 'service/cart unchanged'),
        result(
          'Deployment',
          'SyncFailed',
          'Deployment.apps "cart" is invalid: spec.template.spec.containers[0].resources.requests: Invalid value: "2Gi": must be less than or equal to memory limit of 1Gi',
        ),
        result('ConfigMap', 'PruneSkipped', 'ignored (requires pruning)'),
        { ...result('Job'), name: 'cart-migrate', hook: 'PostSync' },
      ],
    }),
    target: [commit('e310c5d7f9a1b3c5d7e9f1a3b5c7d9e1f3a5b7c9')],
  });
}

function differences() {
  return [
    difference('Deployment', 'cart', {
      change: 'update',
      live: manifest('1.0.6', 2),
      desired: manifest('1.0.7', 3),
    }),
    difference('Secret', 'cart-db', {
      change: 'update',
      masked: true,
      live: 'kind: Secret\ndata:\n  url: ++++++++\n',
      desired: 'kind: Secret\ndata:\n  url: +++++++++\n',
    }),
    difference('Job', 'cart-migrate', {
      change: 'create',
      desired: 'kind: Job\nmetadata:\n  name: cart-migrate\n',
    }),
    difference('ConfigMap', 'cart-legacy', {
      change: 'delete',
      live: 'kind: ConfigMap\ndata:\n  mode: legacy\n',
    }),
    difference('Service', 'cart'),
  ];
}

function events() {
  return [
    {
      type: 'Warning' as const,
      reason: 'BackOff',
      message:
        'Back-off restarting failed container cart in pod cart-6d5f9c-x7k2p',
      resource: { kind: 'Pod', namespace: 'cart', name: 'cart-6d5f9c-x7k2p' },
      count: 32,
      at: minutesAgo(1),
    },
    {
      type: 'Normal' as const,
      reason: 'Pulled',
      message: 'Successfully pulled image "ghcr.io/acme/cart:1.0.7" in 1.2s',
      resource: { kind: 'Pod', namespace: 'cart', name: 'cart-6d5f9c-x7k2p' },
      count: 8,
      at: minutesAgo(3),
    },
    {
      type: 'Normal' as const,
      reason: 'OperationStarted',
      message: 'maya initiated sync to 9f2c1ab',
      count: 1,
      at: minutesAgo(10),
    },
  ];
}

function troubledHistory() {
  return history([
    deployed(8, {
      id: 'sync/operation/8',
      outcome: 'failed',
      by: 'user:default/maya',
      images: [],
      message:
        'one or more objects failed to apply, reason: Deployment.apps "cart" is invalid (retried 5 times)',
    }),
    {
      kind: 'health',
      id: 'health/9',
      at: minutesAgo(9),
      status: 'Degraded',
      message: 'Deployment cart: 1 of 2 pods is ready: CrashLoopBackOff',
    },
    deployed(12),
    ...[30, 32, 34].map(minutes =>
      deployed(minutes, {
        id: `sync/operation/${minutes}`,
        partial: true,
        images: [],
      }),
    ),
    {
      kind: 'gap',
      id: 'gap/1',
      from: minutesAgo(60 * 5),
      to: minutesAgo(60 * 3),
      reason: 'not-running',
    },
    {
      kind: 'health',
      id: 'health/400',
      at: minutesAgo(60 * 7),
      status: 'Healthy',
    },
    {
      kind: 'health',
      id: 'health/420',
      at: minutesAgo(60 * 8),
      status: 'Missing',
    },
    deployed(60 * 26, { by: 'user:default/maya' }),
  ]);
}

/** A sync whose first retry failed, too, and that waits for the next one. */
export function retryingDetail() {
  return detail({
    operation: operation({
      phase: 'Running',
      message: 'one or more synchronization tasks completed unsuccessfully.',
      startedAt: minutesAgo(2),
      finishedAt: minutesAgo(0.2),
      retries: 1,
      nextTry: { number: 2, limit: 5, at: minutesAgo(-2.5) },
      resources: [
        { ...result('Job', 'Failed'), name: 'cart-migrate', hook: 'PreSync' },
        { ...result('Job', 'Running'), name: 'cart-warm-up', hook: 'PreSync' },
        result('Service'),
      ],
    }),
  });
}

/** A sync that runs. */
export function runningDetail() {
  return detail({
    operation: operation({
      phase: 'Running',
      message: 'waiting for completion of hook batch/Job/cart-migrate',
      startedAt: minutesAgo(0.4),
      finishedAt: undefined,
      retries: 1,
      resources: [
        { ...result('Job', 'Running'), name: 'cart-migrate', hook: 'PreSync' },
        result('Service', 'Synced', 'service/cart unchanged'),
        result('Deployment'),
      ],
    }),
  });
}
