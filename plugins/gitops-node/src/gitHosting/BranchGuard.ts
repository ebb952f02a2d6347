import { createHash } from 'node:crypto';
import { type Signatures } from './CommitMaker';
import { type Proposal } from './GitHosting';
import { type CommitFacts, type GithubCommits } from './GithubCommits';
import { type GithubFiles } from './GithubFiles';
import { applyEdits, type EditedFile, editedPaths } from './applyEdits';
import { readTrailers } from './commitMessage';

/**
 * Looks at a proposal's branch before it is made anew: what somebody else wrote
 * there would be lost.
 */
export class BranchGuard {
  readonly #commits: GithubCommits;
  readonly #files: GithubFiles;

  constructor(options: { commits: GithubCommits; files: GithubFiles }) {
    this.#commits = options.commits;
    this.#files = options.files;
  }

  /**
   * Whether a branch that is at this commit has nothing but the proposal.
   *
   * @param us - how commits name our account
   */
  async isOurs(
    proposal: Proposal,
    head: string,
    us: Signatures,
  ): Promise<boolean> {
    // What the configuration makes of the proposal today may be another thing.
    return (
      isUntouched(await this.#commits.read(head), proposal, us) ||
      this.#hasOnlyOurChange(proposal, head)
    );
  }

  /** Also where the base was merged into the branch. */
  async #hasOnlyOurChange(
    { base, edits }: Proposal,
    head: string,
  ): Promise<boolean> {
    const comparison = await this.#commits.compare(base, head);
    if (!comparison) {
      return false;
    }
    const { start, files } = comparison;
    const before = await this.#files.read(start, editedPaths(edits));
    try {
      return isExactly(files, applyEdits(before, edits));
    } catch {
      // Where the change cannot be made, what is there is something else.
      return false;
    }
  }
}

/** A commit of ours as we made it: alone on the base, never amended or rebased. */
function isUntouched(
  { message, parents, author, committer }: CommitFacts,
  { trailers = {} }: Proposal,
  [authorOfUs, committerOfUs]: Signatures,
): boolean {
  const present = readTrailers(message);
  return (
    parents === 1 &&
    author.email === authorOfUs &&
    committer.email === committerOfUs &&
    author.date === committer.date &&
    Object.keys(trailers).every(key => key in present)
  );
}

function isExactly(
  present: ReadonlyMap<string, string | null>,
  wanted: readonly EditedFile[],
): boolean {
  return (
    present.size === wanted.length &&
    wanted.every(
      ({ path, content }) =>
        present.get(path) === (content === null ? null : objectOf(content)),
    )
  );
}

/** Git's name of a file's content. */
function objectOf(content: string): string {
  return createHash('sha1')
    .update(`blob ${Buffer.byteLength(content)}\0${content}`)
    .digest('hex');
}
