import {
  type DeploymentDetail,
  type DeploymentDiff,
  type DeploymentEventList,
  type DeploymentHistory,
  type DeploymentOperation,
  type OperationResource,
  type PodLog,
  type ResourceDiff,
  type ResourceNode,
  type ResourceTree,
  type RevisionOriginList,
  type SyncWindowList,
} from '@callboard/backstage-plugin-gitops-common';
import { commit, OLD_SHA } from './commit';
import { quietHistory } from './history';
import { minutesAgo } from './minutesAgo';

/** What the details of a deployment answer, part by part. */
export interface Details {
  readonly detail: DeploymentDetail;
  readonly resources: ResourceTree;
  readonly diff: DeploymentDiff;
  readonly events: DeploymentEventList;
  readonly history: DeploymentHistory;
  readonly windows: SyncWindowList;
  readonly origins: RevisionOriginList;
  readonly log: PodLog;
}

export type Part = keyof Details;

const GROUPS: Readonly<Record<string, string>> = {
  Deployment: 'apps',
  ReplicaSet: 'apps',
  Ingress: 'networking.k8s.io',
};

/** A resource in the namespace of `cart`; healthy and synced, but for what is given. */
export function node(
  kind: string,
  name: string,
  changes: Partial<ResourceNode> = {},
): ResourceNode {
  return {
    group: GROUPS[kind] ?? '',
    version: 'v1',
    kind,
    namespace: 'cart',
    name,
    createdAt: minutesAgo(12),
    images: [],
    facts: [],
    children: [],
    ...changes,
  };
}

const healthy = { health: { status: 'Healthy' as const } };
const managed = { ...healthy, sync: 'Synced' as const };

/** A pod of `cart` that runs. */
export function pod(name: string, changes: Partial<ResourceNode> = {}) {
  return node('Pod', name, {
    ...healthy,
    images: ['ghcr.io/acme/cart:1.0.7@sha256:9f86d081884c7d659a2feaa0c55ad015'],
    restarts: 0,
    facts: ['Running', '1/1'],
    ...changes,
  });
}

/** A deployment with a replica set with those pods. */
export function workload(
  pods: readonly ResourceNode[],
  changes: Partial<ResourceNode> = {},
): ResourceNode {
  return node('Deployment', 'cart', {
    ...managed,
    facts: ['Rev:7'],
    children: [
      node('ReplicaSet', 'cart-6d5f9c', {
        ...healthy,
        facts: ['Rev:7'],
        children: pods,
      }),
      node('ReplicaSet', 'cart-58b7c4', { ...healthy, facts: ['Rev:6'] }),
    ],
    ...changes,
  });
}

/** A pod whose container ends again and again. */
export const crashLooping = pod('cart-6d5f9c-x7k2p', {
  health: {
    status: 'Degraded',
    message:
      'CrashLoopBackOff: back-off 2m40s restarting failed container=cart: exit code 1',
  },
  restarts: 7,
  facts: ['CrashLoopBackOff', '0/1'],
});

/** Roots with that many resources in all. */
export function bigTree(count: number): ResourceTree {
  const groups = Math.floor(count / 10);
  return {
    roots: Array.from({ length: groups }, (_, group) =>
      node('Deployment', `worker-${group}`, {
        ...managed,
        children: [
          node('ReplicaSet', `worker-${group}-a`, {
            ...healthy,
            children: Array.from({ length: 8 }, (__, at) =>
              pod(
                `worker-${group}-a-${at}`,
                group === 7 && at === 3
                  ? {
                      health: { status: 'Degraded', message: 'OOMKilled' },
                      restarts: 3,
                    }
                  : {},
              ),
            ),
          }),
        ],
      }),
    ),
  };
}

/** An operation of ten minutes ago that went well, but for what is given. */
export function operation(
  changes: Partial<DeploymentOperation> = {},
): DeploymentOperation {
  return {
    phase: 'Succeeded',
    message: 'successfully synced (all tasks run)',
    startedAt: minutesAgo(12.5),
    finishedAt: minutesAgo(12),
    by: 'user:default/maya',
    dryRun: false,
    retries: 0,
    resources: [
      result('Service', 'Synced', 'service/cart unchanged'),
      result('Deployment', 'Synced', 'deployment.apps/cart configured'),
    ],
    ...changes,
  };
}

/** What became of `cart`'s resource of that kind. */
export function result(
  kind: string,
  status?: string,
  message?: string,
): OperationResource {
  return {
    group: GROUPS[kind] ?? '',
    kind,
    namespace: 'cart',
    name: 'cart',
    status,
    message,
  };
}

export function detail(
  changes: Partial<DeploymentDetail> = {},
): DeploymentDetail {
  return {
    application: {
      instance: 'main',
      namespace: 'argocd',
      name: 'cart-dev-dev',
    },
    syncPolicy: { automated: true, prune: true, selfHeal: true },
    conditions: [],
    operation: operation(),
    history: [
      { id: 7, at: minutesAgo(12), revisions: [commit()], by: 'auto-sync' },
      {
        id: 6,
        at: minutesAgo(60 * 26),
        revisions: [commit(OLD_SHA)],
        by: 'user:default/maya',
      },
      {
        id: 5,
        at: minutesAgo(60 * 74),
        revisions: [commit('0c44e1d2b3a4958677685940a1b2c3d4e5f60718')],
        by: 'auto-sync',
      },
    ],
    target: [commit()],
    comparedAt: minutesAgo(1),
    ...changes,
  };
}

/** How a resource of `cart` is, and how it should be. */
export function difference(
  kind: string,
  name: string,
  changes: Partial<ResourceDiff> = {},
): ResourceDiff {
  return {
    group: GROUPS[kind] ?? '',
    kind,
    namespace: 'cart',
    name,
    change: 'none',
    masked: false,
    ...changes,
  };
}

export function manifest(version: string, replicas: number): string {
  return `apiVersion: apps/v1
kind: Deployment
metadata:
  name: cart
  namespace: cart
  labels:
    app.kubernetes.io/name: cart
    app.kubernetes.io/version: ${version}
spec:
  replicas: ${replicas}
  selector:
    matchLabels:
      app.kubernetes.io/name: cart
  template:
    metadata:
      labels:
        app.kubernetes.io/name: cart
    spec:
      serviceAccountName: cart
      securityContext:
        runAsNonRoot: true
      containers:
        - name: cart
          image: ghcr.io/acme/cart:${version}
          ports:
            - name: http
              containerPort: 8080
          readinessProbe:
            httpGet:
              path: /healthz
              port: http
`;
}

/** A deployment where all is well. */
export function healthyDetails(changes: Partial<Details> = {}): Details {
  return {
    detail: detail(),
    resources: {
      roots: [
        node('Service', 'cart', managed),
        workload([pod('cart-6d5f9c-abcde'), pod('cart-6d5f9c-fghij')]),
        node('Ingress', 'cart', managed),
      ],
    },
    diff: {
      items: [difference('Deployment', 'cart'), difference('Service', 'cart')],
    },
    events: { items: [] },
    history: quietHistory(),
    windows: { canSync: true, items: [] },
    origins: {
      items: [
        {
          revision: commit(),
          author: 'Mara Lind <mara@acme.test>',
          at: minutesAgo(40),
          message:
            'Merge pull request #12 from acme/retry-on-502\n\nRetry once when the stock service answers 502.',
          tags: ['v1.0.7'],
        },
      ],
    },
    log: {
      pod: 'cart-6d5f9c-abcde',
      container: 'cart',
      lines: [
        { at: minutesAgo(11), text: 'listening on :8080' },
        { at: minutesAgo(2), text: 'GET /cart/42 200 3ms' },
      ],
    },
    ...changes,
  };
}
