import { type Container, type ContainerStatus, type Pod } from './Deployment';
import { timestamp } from './KubeObject';
import { type BornPod, type RolloutRules } from './RolloutView';

/** The longest pause between two starts, in multiples of the first: 10 s and 5 min for a kubelet. */
const LONGEST = 30;

/**
 * Whether a container of a demo service can't start: it listens on what its
 * `PORT` says, and Node.js throws where that is no port.
 */
export function hasBadPort({ env }: Container): boolean {
  const port = env?.find(({ name }) => name === 'PORT')?.value;
  return port !== undefined && !(Number(port) >= 0 && Number(port) < 65_536);
}

/** When the pod's containers crash for the first time; undefined for a pod that runs well. */
export function firstCrash(
  { object, bornAt }: BornPod,
  rules: RolloutRules,
): number | undefined {
  const started = bornAt + rules.readyAfterMs;
  if (object.spec.containers.some(hasBadPort)) return started;
  return rules.crashingSince === undefined
    ? undefined
    : Math.max(rules.crashingSince, started);
}

/** The state of a pod whose containers start, crash and wait, ever longer. */
export function crashLoopStatus(
  { object, bornAt }: BornPod,
  firstCrashAt: number,
  rules: RolloutRules,
): { status: Pod['status']; wakeAt: number } {
  const lap = lapAt(rules.now - firstCrashAt, rules);
  const at = (elapsed: number) => timestamp(firstCrashAt + elapsed);
  const lastState: ContainerStatus['lastState'] = {
    terminated: {
      exitCode: 1,
      reason: 'Error',
      startedAt: at(lap.crashedAt - rules.readyAfterMs),
      finishedAt: at(lap.crashedAt),
    },
  };
  const state: ContainerStatus['state'] =
    lap.startedAt === undefined
      ? { waiting: backOff(lap.pauseMs, object) }
      : { running: { startedAt: at(lap.startedAt) } };
  return {
    status: {
      phase: 'Running',
      conditions: [
        { type: 'Ready', status: 'False', reason: 'ContainersNotReady' },
      ],
      startTime: timestamp(bornAt),
      containerStatuses: object.spec.containers.map(({ name, image }) => ({
        name,
        image,
        ready: false,
        restartCount: restarts(object, name, !!state.running),
        state,
        lastState,
      })),
    },
    wakeAt: firstCrashAt + lap.endsAt,
  };
}

interface Lap {
  /** Of the container that runs now; while none does, undefined. */
  startedAt?: number;
  crashedAt: number;
  pauseMs: number;
  endsAt: number;
}

/** Which pause or run of the loop it is, so many milliseconds after the first crash. */
function lapAt(elapsed: number, rules: RolloutRules): Lap {
  let at = 0;
  for (let lap = 0; ; lap++) {
    const pauseMs = rules.crashBackoffMs * Math.min(2 ** lap, LONGEST);
    const startedAt = at + pauseMs;
    if (elapsed < startedAt) {
      return { crashedAt: at, pauseMs, endsAt: startedAt };
    }
    const endsAt = startedAt + rules.readyAfterMs;
    if (elapsed < endsAt) return { startedAt, crashedAt: at, pauseMs, endsAt };
    at = endsAt;
  }
}

/** A start after a pause is a restart; what was counted before stays. */
function restarts(pod: Pod, container: string, runs: boolean): number {
  const before = pod.status?.containerStatuses?.find(
    ({ name }) => name === container,
  );
  const waited = before?.state.waiting?.reason === 'CrashLoopBackOff';
  return (before?.restartCount ?? 0) + (waited && runs ? 1 : 0);
}

function backOff(
  pauseMs: number,
  { metadata, spec }: Pod,
): ContainerStatus['state']['waiting'] {
  const container = spec.containers[0]?.name;
  const pause = pauseMs < 60_000 ? `${pauseMs / 1000}s` : minutes(pauseMs);
  return {
    reason: 'CrashLoopBackOff',
    message: `back-off ${pause} restarting failed container=${container} pod=${metadata.name}_${metadata.namespace}(${metadata.uid})`,
  };
}

/** As Go writes a duration. */
function minutes(ms: number): string {
  return `${Math.floor(ms / 60_000)}m${Math.round((ms % 60_000) / 1000)}s`;
}
