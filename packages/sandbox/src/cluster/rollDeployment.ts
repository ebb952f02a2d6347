import { createHash } from 'node:crypto';
import {
  type Deployment,
  isReady,
  type Pod,
  type ReplicaSet,
} from './Deployment';
import { type KubeObject, type OwnerReference } from './KubeObject';
import {
  type OwnedReplicaSet,
  type RolloutRules,
  type RolloutStep,
  type RolloutView,
} from './RolloutView';
import { deploymentStatus, replicaSetStatus } from './deploymentStatus';
import { podStatus } from './podStatus';

const POD_HASH = 'pod-template-hash';
export const REVISION = 'deployment.kubernetes.io/revision';

/**
 * The next step of a rolling update: what the Deployment controller, the
 * ReplicaSet controller and the kubelet would do about this Deployment now.
 * Call it again after storing the result, until it asks for nothing.
 */
export function rollDeployment(
  view: RolloutView,
  rules: RolloutRules,
): RolloutStep {
  const hash = templateHash(view.deployment);
  const current = view.replicaSets.find(
    set => set.object.metadata.labels?.[POD_HASH] === hash,
  );
  if (!current) {
    return { put: [newReplicaSet(view, hash)], remove: [] };
  }
  const observed = observePods(view, rules);
  const scaled = scaleReplicaSets(view, current);
  const pods = matchPods(view.replicaSets, scaled, rules.nodes);
  const status = deploymentStatus(
    view,
    { current, scaled },
    { ...rules, bornAt: latestBirth(current) },
  );
  const next = { ...view.deployment, status: status.status };
  return {
    put: [
      ...(same(next, view.deployment) ? [] : [next]),
      ...scaledSets(view.replicaSets, { scaled, current }),
      ...observed.changed,
      ...pods.put,
    ],
    remove: pods.remove,
    wakeAt: earliest([observed.wakeAt, status.wakeAt]),
  };
}

/** Ten characters that name a pod template, as Kubernetes' own hash does. */
function templateHash(deployment: Deployment): string {
  const alphabet = 'bcdfghjklmnpqrstvwxz2456789';
  const digest = createHash('sha256')
    .update(JSON.stringify(deployment.spec.template))
    .digest();
  return Array.from(
    digest.subarray(0, 10),
    byte => alphabet[byte % alphabet.length],
  ).join('');
}

function newReplicaSet(view: RolloutView, hash: string): ReplicaSet {
  const { deployment, replicaSets } = view;
  const revision = 1 + Math.max(0, ...replicaSets.map(revisionOf));
  const labels = {
    ...deployment.spec.template.metadata?.labels,
    [POD_HASH]: hash,
  };
  return {
    apiVersion: 'apps/v1',
    kind: 'ReplicaSet',
    metadata: {
      name: `${deployment.metadata.name}-${hash}`,
      namespace: deployment.metadata.namespace,
      labels,
      annotations: { [REVISION]: String(revision) },
      ownerReferences: [ownerReference(deployment)],
    },
    spec: {
      replicas: 0,
      selector: deployment.spec.selector,
      template: {
        ...deployment.spec.template,
        metadata: { ...deployment.spec.template.metadata, labels },
      },
    },
  };
}

/** Pods whose state changed since they were looked at last. */
function observePods(view: RolloutView, rules: RolloutRules) {
  const changed: Pod[] = [];
  const wakes: (number | undefined)[] = [];
  for (const pod of view.replicaSets.flatMap(set => set.pods)) {
    if (isReady(pod.object) && rules.crashingSince === undefined) continue;
    const { status, wakeAt } = podStatus(pod, rules);
    wakes.push(wakeAt);
    const next = { ...pod.object, status };
    if (!same(next, pod.object)) changed.push(next);
  }
  return { changed, wakeAt: earliest(wakes) };
}

/** How many replicas each ReplicaSet should have now, by its name. */
function scaleReplicaSets(
  view: RolloutView,
  current: OwnedReplicaSet,
): Map<string, number> {
  const wanted = view.deployment.spec.replicas ?? 1;
  const others = view.replicaSets.filter(set => set !== current);
  const counts = new Map(
    view.replicaSets.map(set => [
      set.object.metadata.name,
      set.object.spec.replicas,
    ]),
  );
  const { surge, unavailable } = limits(view.deployment, wanted);
  const old = sum(others.map(set => set.object.spec.replicas));
  const mine = current.object.spec.replicas;
  const room = Math.max(0, wanted + surge - old - mine);
  counts.set(
    current.object.metadata.name,
    mine >= wanted ? wanted : Math.min(wanted, mine + room),
  );
  const newPending = mine - ready(current);
  let removable = Math.max(0, old + mine - (wanted - unavailable) - newPending);
  for (const set of others) {
    const broken = set.object.spec.replicas - ready(set);
    const removed = Math.min(
      set.object.spec.replicas,
      Math.max(removable, broken),
    );
    counts.set(set.object.metadata.name, set.object.spec.replicas - removed);
    removable = Math.max(0, removable - removed);
  }
  return counts;
}

function limits(deployment: Deployment, replicas: number) {
  const strategy = deployment.spec.strategy;
  if (strategy?.type === 'Recreate') return { surge: 0, unavailable: replicas };
  const share = (value: number | string | undefined, up: boolean) => {
    if (typeof value === 'number') return value;
    const exact = (replicas * parseInt(value ?? '25%', 10)) / 100;
    return up ? Math.ceil(exact) : Math.floor(exact);
  };
  const surge = share(strategy?.rollingUpdate?.maxSurge, true);
  const unavailable = share(strategy?.rollingUpdate?.maxUnavailable, false);
  return { surge, unavailable: surge + unavailable === 0 ? 1 : unavailable };
}

function matchPods(
  sets: readonly OwnedReplicaSet[],
  scaled: ReadonlyMap<string, number>,
  nodes: readonly string[],
) {
  const put: Pod[] = [];
  const remove: Pod[] = [];
  for (const { object: set, pods } of sets) {
    const wanted = scaled.get(set.metadata.name) ?? 0;
    for (let index = pods.length; index < wanted; index++) {
      put.push(newPod(set, index, nodes));
    }
    const readyFirst = [...pods].sort(
      (a, b) =>
        Number(isReady(b.object)) - Number(isReady(a.object)) ||
        a.bornAt - b.bornAt,
    );
    remove.push(...readyFirst.slice(wanted).map(pod => pod.object));
  }
  return { put, remove };
}

function newPod(set: ReplicaSet, index: number, nodes: readonly string[]): Pod {
  const seed = `${set.metadata.uid}/${index}/${set.metadata.resourceVersion}`;
  const digest = createHash('sha256').update(seed).digest();
  const suffix = digest.toString('hex').slice(0, 5);
  const nodeName = nodes[(digest[0] ?? 0) % nodes.length];
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name: `${set.metadata.name}-${suffix}`,
      namespace: set.metadata.namespace,
      labels: set.metadata.labels,
      ownerReferences: [ownerReference(set)],
    },
    spec: { ...set.spec.template.spec, nodeName },
    status: { phase: 'Pending' },
  };
}

function scaledSets(
  sets: readonly OwnedReplicaSet[],
  to: { scaled: ReadonlyMap<string, number>; current: OwnedReplicaSet },
): ReplicaSet[] {
  const newest = Math.max(...sets.map(revisionOf));
  return sets.flatMap(set => {
    const { object, pods } = set;
    const replicas = to.scaled.get(object.metadata.name) ?? 0;
    // A ReplicaSet that is used again, as after a rollback, is the newest again.
    const isOlder = set === to.current && revisionOf(set) < newest;
    const next: ReplicaSet = {
      ...object,
      ...(isOlder ? { metadata: withRevision(object, newest + 1) } : {}),
      spec: { ...object.spec, replicas },
      status: replicaSetStatus(object, pods),
    };
    return same(next, object) ? [] : [next];
  });
}

function revisionOf({ object }: OwnedReplicaSet): number {
  return Number(object.metadata.annotations?.[REVISION] ?? 0);
}

function withRevision({ metadata }: ReplicaSet, revision: number) {
  const annotations = { ...metadata.annotations, [REVISION]: String(revision) };
  return { ...metadata, annotations };
}

function ownerReference(owner: KubeObject): OwnerReference {
  return {
    apiVersion: owner.apiVersion,
    kind: owner.kind,
    name: owner.metadata.name,
    uid: owner.metadata.uid ?? '',
    controller: true,
    blockOwnerDeletion: true,
  };
}

/** When the newest part of the current rollout appeared: a rollout that grows makes progress. */
function latestBirth(set: OwnedReplicaSet): number {
  return Math.max(0, ...set.pods.map(pod => pod.bornAt));
}

function ready(set: OwnedReplicaSet): number {
  return set.pods.filter(pod => isReady(pod.object)).length;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}

function earliest(times: readonly (number | undefined)[]): number | undefined {
  const known = times.filter(time => time !== undefined);
  return known.length ? Math.min(...known) : undefined;
}

function same(a: KubeObject, b: KubeObject): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
