import { type ContainerStatus, type Pod } from './Deployment';
import { timestamp } from './KubeObject';
import { type BornPod, type RolloutRules } from './RolloutView';
import { crashLoopStatus, firstCrash } from './crashLoop';

/** The state of a pod that is not ready yet, or not any more, and when to look at it again. */
export function podStatus(
  pod: BornPod,
  rules: RolloutRules,
): { status: Pod['status']; wakeAt?: number } {
  const { bornAt } = pod;
  if (lacksImage(pod, rules)) {
    return {
      status: pendingStatus(pod, rules),
      wakeAt: nextPull(bornAt, rules.now),
    };
  }
  const readyAt = bornAt + rules.readyAfterMs;
  if (rules.now < readyAt) {
    return { status: pendingStatus(pod, rules), wakeAt: readyAt };
  }
  const crashAt = firstCrash(pod, rules);
  return crashAt === undefined
    ? { status: running(pod, readyAt, rules.now) }
    : crashLoopStatus(pod, crashAt, rules);
}

/** Whether the pod waits for an image. What has run has its images already. */
export function lacksImage({ object }: BornPod, rules: RolloutRules): boolean {
  return (
    object.status?.phase !== 'Running' &&
    object.spec.containers.some(({ image }) => !rules.hasImage(image))
  );
}

/** The state of a pod none of whose containers has been started yet. */
export function pendingStatus(
  { object, bornAt }: BornPod,
  rules: RolloutRules,
): Pod['status'] {
  return {
    phase: 'Pending',
    conditions: [{ type: 'Ready', status: 'False' }],
    startTime: timestamp(bornAt),
    containerStatuses: object.spec.containers.map(({ name, image }) => ({
      name,
      image,
      ready: false,
      restartCount: 0,
      state: { waiting: waiting(image, !rules.hasImage(image)) },
    })),
  };
}

/** A container that crashed before has just been started once more. */
function running(
  { object, bornAt }: BornPod,
  readyAt: number,
  now: number,
): Pod['status'] {
  const before = object.status?.containerStatuses ?? [];
  const crashed = before.some(({ lastState }) => lastState);
  const since = timestamp(crashed ? now : readyAt);
  return {
    phase: 'Running',
    conditions: [{ type: 'Ready', status: 'True', lastTransitionTime: since }],
    startTime: timestamp(bornAt),
    containerStatuses: object.spec.containers.map(({ name, image }) => {
      const old = before.find(status => status.name === name);
      return {
        name,
        image,
        ready: true,
        restartCount: (old?.restartCount ?? 0) + (crashed ? 1 : 0),
        state: { running: { startedAt: since } },
        ...(old?.lastState ? { lastState: old.lastState } : {}),
      };
    }),
  };
}

function waiting(
  image: string,
  missing: boolean,
): ContainerStatus['state']['waiting'] {
  return missing
    ? {
        reason: 'ImagePullBackOff',
        message: `Back-off pulling image "${image}"`,
      }
    : { reason: 'ContainerCreating' };
}

/** A kubelet tries again ever more rarely; here after 1 s at first and 30 s at last. */
function nextPull(bornAt: number, now: number): number {
  return now + Math.min(30_000, Math.max(1_000, now - bornAt));
}
