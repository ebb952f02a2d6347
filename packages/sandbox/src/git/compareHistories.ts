import {
  AncestorWalk,
  COMMON,
  type CommitReader,
  FROM_A,
  FROM_B,
  STALE,
} from './AncestorWalk';

/** How the histories of two commits relate. */
export interface Histories {
  /** The newest common ancestors. */
  readonly bases: readonly string[];
  /** Commits of the second that the first has not, newest first. */
  readonly onlyB: readonly string[];
}

/**
 * Walks back from both commits, newest first, as `paint_down_to_common` of
 * Git's commit-reach.c does, so that two branches that parted lately need only
 * a few reads and no process.
 */
export async function compareHistories(
  read: CommitReader,
  a: string,
  b: string,
): Promise<Histories> {
  if (a === b) return { bases: [a], onlyB: [] };
  const walk = new AncestorWalk(read);
  await walk.mark(a, FROM_A);
  await walk.mark(b, FROM_B);
  const seen: string[] = [];
  for (let next = walk.next(); next; next = walk.next()) {
    let flags = walk.flagsOf(next.sha) & (COMMON | STALE);
    seen.push(next.sha);
    if (flags === COMMON) {
      walk.found(next.sha);
      flags |= STALE;
    }
    for (const parent of next.parents) await walk.mark(parent, flags);
  }
  const onlyB = seen.filter(sha => walk.flagsOf(sha) === FROM_B);
  return { bases: walk.bases(), onlyB: [...new Set(onlyB)] };
}
