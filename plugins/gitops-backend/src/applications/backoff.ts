import { setTimeout } from 'node:timers/promises';

/** How attempts are spread over time. */
export interface Backoff {
  readonly firstMs: number;
  readonly mostMs: number;
}

/**
 * How long to wait before the next attempt: twice as long after each failure,
 * with jitter so that replicas don't come back together.
 *
 * @param failures - how many attempts failed in a row; 1 or more.
 * @param random - from 0 to 1.
 */
export function backoffMs(
  { firstMs, mostMs }: Backoff,
  failures: number,
  random: number = Math.random(),
): number {
  const longest = Math.min(mostMs, firstMs * 2 ** Math.min(failures - 1, 20));
  return longest / 2 + (longest / 2) * random;
}

/** Waits; ends early, without an error, when aborted. */
export async function pause(ms: number, signal: AbortSignal): Promise<void> {
  await setTimeout(ms, undefined, { signal, ref: false }).catch(() => {});
}
