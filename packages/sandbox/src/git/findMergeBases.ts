import {
  AncestorWalk,
  COMMON,
  type CommitReader,
  FROM_A,
  FROM_B,
  STALE,
} from './AncestorWalk';

/**
 * The newest common ancestors of two commits. Walks back from both, newest
 * commits first, as `paint_down_to_common` of Git's commit-reach.c does, so
 * that two branches that parted lately need only a few reads and no process.
 */
export async function findMergeBases(
  read: CommitReader,
  a: string,
  b: string,
): Promise<string[]> {
  if (a === b) return [a];
  const walk = new AncestorWalk(read);
  await walk.mark(a, FROM_A);
  await walk.mark(b, FROM_B);
  for (let next = walk.next(); next; next = walk.next()) {
    let flags = walk.flagsOf(next.sha) & (COMMON | STALE);
    if (flags === COMMON) {
      walk.found(next.sha);
      flags |= STALE;
    }
    for (const parent of next.parents) await walk.mark(parent, flags);
  }
  return walk.bases();
}
