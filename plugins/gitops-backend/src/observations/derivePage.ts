import { type HistoryGap } from '@callboard/backstage-plugin-gitops-common';
import { type Observation } from './Observation';
import { type Position } from './ObservationStore';

/** A page of an application's history. */
interface Page {
  /** Newest first. */
  readonly observations: readonly Observation[];
  /** Where the next page begins; absent where this is the last. */
  readonly next?: Position;
}

/**
 * A page of what was observed together with what the application remembers,
 * which may be not written yet, or older than what is kept.
 *
 * @param facts - `observed`: newest first, one more than `limit` where there
 * are that many; `before`: where the page begins.
 */
export function derivePage(facts: {
  observed: readonly Observation[];
  remembered: readonly Observation[];
  before?: Position;
  limit: number;
}): Page {
  const { observed, remembered, before, limit } = facts;
  const known = new Set(observed.map(({ fact }) => fact));
  const all = [
    ...observed,
    ...remembered.filter(
      it => !known.has(it.fact) && (!before || compare(it, before) > 0),
    ),
  ].sort(compare);
  const observations = all.slice(0, limit);
  const last = observations.at(-1);
  return {
    observations,
    ...(last &&
      all.length > limit && { next: { at: last.at, fact: last.fact } }),
  };
}

/**
 * The gaps among what a page shows, each where it ended.
 *
 * @param now - ISO 8601, UTC.
 */
export function gapsOfPage(
  gaps: readonly HistoryGap[],
  { next }: Page,
  { before, now }: { before?: Position; now: string },
): HistoryGap[] {
  return gaps.filter(({ to = now }) => {
    const isAfterEnd = !next || to > next.at;
    const isBeforeBegin = !before || to <= before.at;
    return isAfterEnd && isBeforeBegin;
  });
}

/** Newest first; what happened in the same second by its name. */
function compare(a: Position, b: Position): number {
  if (a.at !== b.at) {
    return a.at > b.at ? -1 : 1;
  }
  if (a.fact !== b.fact) {
    return a.fact > b.fact ? -1 : 1;
  }
  return 0;
}
