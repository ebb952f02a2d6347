import { type CommitReader } from './AncestorWalk';
import { Remembered } from './Remembered';
import { type Histories, compareHistories } from './compareHistories';
import { type FileDiff, fileDiffs } from './fileDiffs';
import {
  type MergeResult,
  commitsBetween,
  mergeBase,
  mergeTrees,
} from './history';

/** What lies between two commits. */
export interface Changes {
  /** Oldest first. */
  readonly commits: readonly string[];
  readonly files: readonly FileDiff[];
}

/**
 * What comes out when commits are compared or merged. Commits never change, so
 * nothing is computed twice.
 */
export class Comparisons {
  readonly #folder: string;
  readonly #read: CommitReader;
  readonly #histories = new Remembered<Histories>();
  readonly #changes = new Remembered<Changes>();
  readonly #merges = new Remembered<MergeResult>();

  constructor(folder: string, read: CommitReader) {
    this.#folder = folder;
    this.#read = read;
  }

  /** The commit from which both went their ways. */
  async mergeBase(a: string, b: string): Promise<string | undefined> {
    const { bases } = await this.#compare(a, b);
    return bases.length > 1 ? mergeBase(this.#folder, a, b) : bases[0];
  }

  /** Commits that `to` has and `from` has not, oldest first. */
  async commits(from: string | undefined, to: string): Promise<string[]> {
    if (!from) return commitsBetween(this.#folder, from, to);
    const { onlyB } = await this.#compare(from, to);
    return [...onlyB].reverse();
  }

  /** What has happened from one commit to a later one. */
  changes(from: string, to: string): Promise<Changes> {
    return this.#changes.get(`${from} ${to}`, async () => {
      const [commits, files] = await Promise.all([
        this.commits(from, to),
        fileDiffs(this.#folder, from, to),
      ]);
      return { commits, files };
    });
  }

  merge(ours: string, theirs: string): Promise<MergeResult> {
    return this.#merges.get(`${ours} ${theirs}`, () =>
      mergeTrees(this.#folder, ours, theirs),
    );
  }

  #compare(a: string, b: string): Promise<Histories> {
    return this.#histories.get(`${a} ${b}`, () =>
      compareHistories(this.#read, a, b),
    );
  }
}
