import { setTimeout as sleep } from 'node:timers/promises';
import { type FileChange } from '@callboard/backstage-plugin-gitops-common';
import { type BranchHead, type Change, type Committed } from './GitHosting';
import { type GithubCall, type GithubCalls } from './GithubCalls';
import { type GithubFiles } from './GithubFiles';
import { type WriteQueue } from './WriteQueue';
import { applyEdits, editedPaths } from './applyEdits';
import { commitMessage } from './commitMessage';
import { RepositoryRefusedError } from './errors';

const PAUSE_MS = 100;

/** What a commit is made of. */
export type CommitContent = Pick<Change, 'edits' | 'message' | 'trailers'>;

/**
 * A commit that no branch points to yet.
 */
export interface LooseCommit {
  readonly sha: string;
  readonly files: readonly FileChange[];
}

/**
 * Commits to a repository: several files at once, never over somebody else's
 * commit.
 */
export class CommitWriter {
  readonly #calls: GithubCalls;
  readonly #files: GithubFiles;
  readonly #queue: WriteQueue;

  constructor(options: {
    calls: GithubCalls;
    files: GithubFiles;
    queue: WriteQueue;
  }) {
    this.#calls = options.calls;
    this.#files = options.files;
    this.#queue = options.queue;
  }

  async commit(change: Change): Promise<Committed> {
    const { branch } = change;
    const { slug, address } = this.#calls;
    return this.#queue.run(`${branch} of ${slug}`, async deadline => {
      for (;;) {
        const base = await this.#files.head(branch);
        const commit = await this.prepare(base, change);
        if (!commit) {
          return { outcome: 'unchanged' };
        }
        const { sha, files } = commit;
        if (await this.#move(branch, base, sha)) {
          const url = `${address.url}/commit/${sha}`;
          return { outcome: 'committed', sha, url, files };
        }
        deadline.check();
        await sleep(PAUSE_MS * (1 + Math.random()));
      }
    });
  }

  /**
   * Makes the commit, on top of the base.
   *
   * @returns nothing where the edits change nothing.
   */
  async prepare(
    base: BranchHead,
    { edits, message, trailers }: CommitContent,
  ): Promise<LooseCommit | undefined> {
    const { slug, at } = this.#calls;
    const before = await this.#files.read(base.sha, editedPaths(edits));
    const files = applyEdits(before, edits);
    if (files.length === 0) {
      return undefined;
    }
    const tree = await this.#write(`writing files of ${slug}`, rest =>
      rest.git.createTree({
        ...at,
        base_tree: base.tree,
        tree: files.map(treeEntry),
      }),
    );
    const { sha } = await this.#write(`committing to ${slug}`, rest =>
      rest.git.createCommit({
        ...at,
        message: commitMessage(message, trailers),
        tree: tree.sha,
        parents: [base.sha],
      }),
    );
    this.#files.remember(sha, files);
    return { sha, files };
  }

  /** GitHub hides what an account may not write behind a 404. */
  async #write<T>(doing: string, call: GithubCall<T>): Promise<T> {
    const { slug } = this.#calls;
    const { data, refused } = await this.#calls.attempt(
      doing,
      { expected: [404] },
      call,
    );
    if (refused) {
      throw new RepositoryRefusedError(
        'no-permission',
        `The portal's account may not write to ${slug}. Give it write access to contents and pull requests.`,
      );
    }
    return data;
  }

  /**
   * @returns whether the branch moved; if not, somebody else was faster.
   * @throws RepositoryRefusedError where the branch is protected from us.
   */
  async #move(branch: string, base: BranchHead, to: string): Promise<boolean> {
    const { slug, at } = this.#calls;
    const { refused } = await this.#calls.attempt(
      `moving ${branch} of ${slug}`,
      { expected: [403, 409, 422] },
      rest =>
        rest.git.updateRef({
          ...at,
          ref: `heads/${branch}`,
          sha: to,
          force: false,
        }),
    );
    if (!refused) {
      return true;
    }
    if (/fast.?forward/i.test(refused.message)) {
      return false;
    }
    const { sha } = await this.#files.head(branch);
    if (sha === base.sha) {
      throw new RepositoryRefusedError(
        'protected',
        `${branch} of ${slug} is protected: it does not take commits of the portal's account. Let the account bypass pull requests there, or have changes written as pull requests (write: pull-request).`,
      );
    }
    return false;
  }
}

function treeEntry({ path, content }: FileChange) {
  const file = { path, mode: '100644', type: 'blob' } as const;
  return content === null ? { ...file, sha: null } : { ...file, content };
}
