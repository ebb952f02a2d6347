import { type Commit } from './objects';

/** Gives a commit by its name. */
export type CommitReader = (sha: string) => Promise<Commit | undefined>;

/** Flags of a commit: from which side it was reached. */
export const FROM_A = 1;
export const FROM_B = 2;
/** Reached from both. */
export const COMMON = FROM_A | FROM_B;
/** An ancestor of a common ancestor: nothing new is found behind it. */
export const STALE = 4;
const FOUND = 8;

/** Commits on the way back from two tips, the newest next, with their flags. */
export class AncestorWalk {
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
