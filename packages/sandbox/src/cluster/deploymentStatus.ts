import {
  type Condition,
  type Deployment,
  isReady,
  type ReplicaCounts,
  type ReplicaSet,
} from './Deployment';
import { timestamp } from './KubeObject';
import {
  type BornPod,
  type OwnedReplicaSet,
  type RolloutRules,
  type RolloutView,
} from './RolloutView';

/** What the Deployment controller would report, and when that may change by time alone. */
export function deploymentStatus(
  view: RolloutView,
  sets: { current: OwnedReplicaSet; scaled: ReadonlyMap<string, number> },
  rules: RolloutRules & { bornAt: number },
): { status: ReplicaCounts; wakeAt?: number } {
  const pods = view.replicaSets.flatMap(set => set.pods);
  const available = countReady(pods);
  const updated = sets.current.pods.length;
  const updatedReady = countReady(sets.current.pods);
  const wanted = view.deployment.spec.replicas ?? 1;
  const complete =
    updated === wanted && updatedReady === wanted && pods.length === updated;
  const deadline = rules.bornAt + rules.progressDeadlineMs;
  const done =
    complete || wasComplete(view.deployment, sets.current.object, pods.length);
  const late = !done && rules.bornAt > 0 && rules.now >= deadline;
  const progressing = progressCondition(sets.current.object, done, late);
  return {
    status: {
      observedGeneration: view.deployment.metadata.generation,
      replicas: pods.length,
      updatedReplicas: updated,
      readyReplicas: available,
      availableReplicas: available,
      unavailableReplicas: Math.max(0, wanted - available),
      conditions: [
        keepTimes(
          view.deployment,
          availableCondition(available, wanted),
          rules,
        ),
        keepTimes(view.deployment, progressing, rules),
      ],
    },
    wakeAt: done || late || rules.bornAt === 0 ? undefined : deadline,
  };
}

/**
 * A rollout that got through is not judged again while its ReplicaSet is the
 * only one, whatever becomes of its pods (`syncRolloutStatus` of Kubernetes'
 * pkg/controller/deployment/progress.go).
 */
function wasComplete(
  { status }: Deployment,
  current: ReplicaSet,
  pods: number,
): boolean {
  const before = status?.conditions?.find(({ type }) => type === 'Progressing');
  return (
    before?.reason === 'NewReplicaSetAvailable' &&
    before.message === progressCondition(current, true, false).message &&
    status?.updatedReplicas === pods
  );
}

export function replicaSetStatus(
  set: ReplicaSet,
  pods: readonly BornPod[],
): ReplicaCounts {
  const ready = countReady(pods);
  return {
    observedGeneration: set.metadata.generation,
    replicas: pods.length,
    readyReplicas: ready,
    availableReplicas: ready,
  };
}

function progressCondition(
  set: ReplicaSet,
  complete: boolean,
  late: boolean,
): Condition {
  const name = `ReplicaSet "${set.metadata.name}"`;
  if (complete) {
    return {
      type: 'Progressing',
      status: 'True',
      reason: 'NewReplicaSetAvailable',
      message: `${name} has successfully progressed.`,
    };
  }
  return late
    ? {
        type: 'Progressing',
        status: 'False',
        reason: 'ProgressDeadlineExceeded',
        message: `${name} has timed out progressing.`,
      }
    : {
        type: 'Progressing',
        status: 'True',
        reason: 'ReplicaSetUpdated',
        message: `${name} is progressing.`,
      };
}

function availableCondition(available: number, wanted: number): Condition {
  return available >= wanted
    ? {
        type: 'Available',
        status: 'True',
        reason: 'MinimumReplicasAvailable',
        message: 'Deployment has minimum availability.',
      }
    : {
        type: 'Available',
        status: 'False',
        reason: 'MinimumReplicasUnavailable',
        message: 'Deployment does not have minimum availability.',
      };
}

/** A condition's times move only when the condition does, or it would never be the same twice. */
function keepTimes(
  deployment: Deployment,
  condition: Condition,
  rules: RolloutRules,
): Condition {
  const old = deployment.status?.conditions?.find(
    ({ type }) => type === condition.type,
  );
  const now = timestamp(rules.now);
  return {
    ...condition,
    lastUpdateTime:
      old?.reason === condition.reason && old?.message === condition.message
        ? old?.lastUpdateTime ?? now
        : now,
    lastTransitionTime:
      old?.status === condition.status ? old.lastTransitionTime ?? now : now,
  };
}

function countReady(pods: readonly BornPod[]): number {
  return pods.filter(pod => isReady(pod.object)).length;
}
