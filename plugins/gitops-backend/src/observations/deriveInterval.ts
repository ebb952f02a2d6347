import {
  type GapReason,
  type Source,
} from '@callboard/backstage-plugin-gitops-common';
import { type Interval } from './Interval';

/**
 * Holes up to this long are none: streams are cut and come back all the time,
 * and a quiet one gives a sign of life every 15 s only. In milliseconds.
 */
const TOLERATED_HOLE_MS = 30_000;

/** How well an instance can be read at the moment. */
export interface Sight {
  readonly instance: string;
  readonly source: Pick<Source, 'state' | 'since'>;
  /** When it last gave a sign of life; ISO 8601, UTC. */
  readonly heardAt: string;
}

/**
 * The interval in which a replica observes an instance: the one before,
 * extended, or a new one where it was interrupted.
 *
 * @param before - nothing where it has not observed yet.
 * @param next - of an interval that has to begin.
 */
export function deriveInterval(
  before: Interval | undefined,
  sight: Sight,
  next: {
    readonly id: string;
    readonly reason: GapReason;
    readonly notBefore: string;
  },
): Interval | undefined {
  const { instance, source, heardAt } = sight;
  if (source.state !== 'ok') {
    return before;
  }
  if (!before) {
    return begin(later(source.since, next.notBefore));
  }
  const cameBack = later(source.since, before.until);
  const isHeardAgain = cameBack === before.until ? heardAt : cameBack;
  return isHole(before.until, isHeardAgain)
    ? begin(isHeardAgain)
    : { ...before, until: later(before.until, heardAt) };

  function begin(since: string): Interval {
    const { id, reason } = next;
    return { id, reason, instance, since, until: later(since, heardAt) };
  }
}

/** Whether nobody can be said to have observed between two times. */
export function isHole(from: string, to: string): boolean {
  return Date.parse(to) - Date.parse(from) > TOLERATED_HOLE_MS;
}

/** The later of two times in the same spelling. */
export function later(a: string, b: string): string {
  return a > b ? a : b;
}
