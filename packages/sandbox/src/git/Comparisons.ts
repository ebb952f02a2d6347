import { type CommitReader } from './AncestorWalk';
import { Remembered } from './Remembered';
import { type FileDiff, fileDiffs } from './fileDiffs';
import { findMergeBases } from './findMergeBases';
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
  readonly #bases = new Remembered<string | undefined>();
  readonly #changes = new Remembered<Changes>();
  readonly #merges = new Remembered<MergeResult>();

  constructor(folder: string, read: CommitReader) {
    this.#folder = folder;
    this.#read = read;
  }

  /** The commit from which both went their ways. */
  mergeBase(a: string, b: string): Promise<string | undefined> {
    return this.#bases.get(`${a} ${b}`, async () => {
      const found = await findMergeBases(this.#read, a, b);
      return found.length > 1 ? mergeBase(this.#folder, a, b) : found[0];
    });
  }

  /** What has happened from one commit to a later one. */
  changes(from: string, to: string): Promise<Changes> {
    return this.#changes.get(`${from} ${to}`, async () => {
      const [commits, files] = await Promise.all([
        commitsBetween(this.#folder, from, to),
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
}
