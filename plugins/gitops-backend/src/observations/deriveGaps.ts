import {
  type GapReason,
  type HistoryGap,
} from '@callboard/backstage-plugin-gitops-common';
import { type Interval } from './Interval';
import { isHole, later } from './deriveInterval';

/**
 * When no replica observed an instance: what none of the intervals covers,
 * from the first of them until now. Oldest first.
 *
 * @param now - ISO 8601, UTC.
 * @param reason - why nobody observes now, in case that is so.
 */
export function deriveGaps(
  intervals: readonly Interval[],
  now: string,
  reason: GapReason,
): HistoryGap[] {
  const [first, ...rest] = [...intervals].sort((a, b) =>
    a.since < b.since ? -1 : 1,
  );
  if (!first) {
    return [];
  }
  const gaps: HistoryGap[] = [];
  let covered = first.until;
  for (const interval of rest) {
    if (isHole(covered, interval.since)) {
      gaps.push(gap(covered, interval.reason, interval.since));
    }
    covered = later(covered, interval.until);
  }
  return isHole(covered, now) ? [...gaps, gap(covered, reason)] : gaps;
}

function gap(from: string, reason: GapReason, to?: string): HistoryGap {
  return { kind: 'gap', id: `gap/${from}`, from, ...(to && { to }), reason };
}
