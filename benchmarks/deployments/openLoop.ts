import { pause } from './pause';

/** What a load was answered with. */
export interface Load {
  /** In milliseconds from when each request was due, sorted. */
  readonly latencies: readonly number[];
  /** Requests that were not answered as they should be. */
  readonly failures: number;
}

/**
 * Sends requests when they are due, whether or not earlier ones have been
 * answered, and times each from when it was due: a slow answer makes nobody
 * wait to ask (open loop, no coordinated omission). The load tools of npm go on
 * when an answer has come, so they ask less of a system that is slow.
 */
export async function openLoop(options: {
  perSecond: number;
  seconds: number;
  /** Number of the request, from 0. */
  send: (index: number) => Promise<void>;
}): Promise<Load> {
  const { perSecond, seconds, send } = options;
  const total = Math.round(perSecond * seconds);
  const began = performance.now();
  const sent: Promise<number | 'failed'>[] = [];
  for (let index = 0; index < total; index += 1) {
    const due = began + (index * 1000) / perSecond;
    await until(due);
    sent.push(
      send(index).then(
        () => performance.now() - due,
        () => 'failed' as const,
      ),
    );
  }
  const answers = await Promise.all(sent);
  const latencies = answers.filter(
    (answer): answer is number => answer !== 'failed',
  );
  return {
    latencies: sorted(latencies),
    failures: answers.length - latencies.length,
  };
}

/** Both loads as one. */
export function together(...loads: readonly Load[]): Load {
  return {
    latencies: sorted(loads.flatMap(({ latencies }) => latencies)),
    failures: loads.reduce((sum, { failures }) => sum + failures, 0),
  };
}

/** The value that this share of all does not exceed (nearest rank). */
export function percentile(sortedValues: readonly number[], share: number) {
  const rank = Math.max(1, Math.ceil(share * sortedValues.length));
  return sortedValues[rank - 1] ?? NaN;
}

export function sorted(values: readonly number[]): number[] {
  return [...values].sort((a, b) => a - b);
}

async function until(due: number): Promise<void> {
  const wait = due - performance.now();
  if (wait > 0) {
    await pause(wait);
  }
}
