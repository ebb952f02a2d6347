import { type BranchHead, type Change } from './GitHosting';
import { type GithubCall, type GithubCalls } from './GithubCalls';
import { type EditedFile } from './applyEdits';
import { commitMessage } from './commitMessage';
import { RepositoryRefusedError } from './errors';

/** Addresses of a commit's author and committer. */
export type Signatures = readonly [author: string, committer: string];

/** A commit of ours. */
export interface MadeCommit extends BranchHead {
  /** How it names our account. */
  readonly by: Signatures;
}

/**
 * Makes commits that no branch points to yet.
 */
export class CommitMaker {
  readonly #calls: GithubCalls;

  constructor(calls: GithubCalls) {
    this.#calls = calls;
  }

  /** A commit of several files on top of another. */
  async make(
    base: BranchHead,
    files: readonly EditedFile[],
    { message, trailers }: Pick<Change, 'message' | 'trailers'>,
  ): Promise<MadeCommit> {
    const { slug, at } = this.#calls;
    const tree = await this.#write(`writing files of ${slug}`, rest =>
      rest.git.createTree({
        ...at,
        base_tree: base.tree,
        tree: files.map(treeEntry),
      }),
    );
    const { sha, author, committer } = await this.#write(
      `committing to ${slug}`,
      rest =>
        rest.git.createCommit({
          ...at,
          message: commitMessage(message, trailers),
          tree: tree.sha,
          parents: [base.sha],
        }),
    );
    return { sha, tree: tree.sha, by: [author.email, committer.email] };
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
}

function treeEntry({ path, content }: EditedFile) {
  const file = { path, mode: '100644', type: 'blob' } as const;
  return content === null ? { ...file, sha: null } : { ...file, content };
}
