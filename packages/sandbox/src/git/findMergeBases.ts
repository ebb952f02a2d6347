import { type Commit } from './objects';

/** Gives a commit by its name. */
export type CommitReader = (sha: string) => Promise<Commit | undefined>;

const FROM_A = 1;
const FROM_B = 2;
const COMMON = FROM_A | FROM_B;
/** An ancestor of a common ancestor: nothing new is found behind it. */
const STALE = 4;
const FOUND = 8;

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
  const walk = new Walk(read);
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

class Walk {
  readonly #read: CommitReader;
  readonly #flags = new Map<string, number>();
  readonly #found: string[] = [];
  /** Oldest first. */
  readonly #queue: Commit[] = [];

  constructor(read: CommitReader) {
    this.#read = read;
  }

  flagsOf(sha: string): number {
    return this.#flags.get(sha) ?? 0;
  }

  async mark(sha: string, flags: number): Promise<void> {
    const before = this.flagsOf(sha);
    if ((before & flags) === flags) return;
    this.#flags.set(sha, before | flags);
    const commit = await this.#read(sha);
    const waits = this.#queue.some(queued => queued.sha === sha);
    if (!commit || waits) return;
    const time = timeOf(commit);
    let at = this.#queue.length;
    while (at > 0 && timeOf(this.#queue[at - 1]) > time) at -= 1;
    this.#queue.splice(at, 0, commit);
  }

  /** The newest commit left, while any is worth looking behind. */
  next(): Commit | undefined {
    const open = this.#queue.some(({ sha }) => !(this.flagsOf(sha) & STALE));
    return open ? this.#queue.pop() : undefined;
  }

  found(sha: string): void {
    if (this.flagsOf(sha) & FOUND) return;
    this.#flags.set(sha, this.flagsOf(sha) | FOUND);
    this.#found.push(sha);
  }

  bases(): string[] {
    return this.#found.filter(sha => !(this.flagsOf(sha) & STALE));
  }
}

function timeOf(commit: Commit | undefined): number {
  return commit?.committer.date.getTime() ?? 0;
}
