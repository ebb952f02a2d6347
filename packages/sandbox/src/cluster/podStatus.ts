import { type ContainerStatus, type Pod } from './Deployment';
import { timestamp } from './KubeObject';
import { type BornPod, type RolloutRules } from './RolloutView';

/** The state of a pod that is not ready yet, and when to look at it again. */
export function podStatus(
  { object, bornAt }: BornPod,
  rules: RolloutRules,
): { status: Pod['status']; wakeAt?: number } {
  const { containers } = object.spec;
  const missing = containers.filter(({ image }) => !rules.hasImage(image));
  const readyAt = bornAt + rules.readyAfterMs;
  if (missing.length === 0 && rules.now >= readyAt) {
    return { status: running(object, bornAt, readyAt) };
  }
  const names = new Set(missing.map(({ name }) => name));
  return {
    status: {
      phase: 'Pending',
      conditions: [{ type: 'Ready', status: 'False' }],
      startTime: timestamp(bornAt),
      containerStatuses: containers.map(container => ({
        name: container.name,
        image: container.image,
        ready: false,
        restartCount: 0,
        state: { waiting: waiting(container.image, names.has(container.name)) },
      })),
    },
    wakeAt: missing.length ? nextPull(bornAt, rules.now) : readyAt,
  };
}

function running(pod: Pod, bornAt: number, readyAt: number): Pod['status'] {
  return {
    phase: 'Running',
    conditions: [
      {
        type: 'Ready',
        status: 'True',
        lastTransitionTime: timestamp(readyAt),
      },
    ],
    startTime: timestamp(bornAt),
    containerStatuses: pod.spec.containers.map(({ name, image }) => ({
      name,
      image,
      ready: true,
      restartCount: 0,
      state: { running: { startedAt: timestamp(readyAt) } },
    })),
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
