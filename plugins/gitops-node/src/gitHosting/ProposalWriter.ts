import { type CommitMaker } from './CommitMaker';
import { type Proposal, type ProposalFacts, type Proposed } from './GitHosting';
import { type GithubCalls } from './GithubCalls';
import { type GithubFiles } from './GithubFiles';
import { type PullRequests } from './PullRequests';
import { type WriteQueue } from './WriteQueue';
import { applyEdits, editedPaths } from './applyEdits';
import { RepositoryRefusedError } from './errors';

/**
 * Proposes changes as pull requests from branches of our own.
 */
export class ProposalWriter {
  readonly #calls: GithubCalls;
  readonly #files: GithubFiles;
  readonly #maker: CommitMaker;
  readonly #pulls: PullRequests;
  readonly #queue: WriteQueue;

  constructor(options: {
    calls: GithubCalls;
    files: GithubFiles;
    maker: CommitMaker;
    pulls: PullRequests;
    queue: WriteQueue;
  }) {
    this.#calls = options.calls;
    this.#files = options.files;
    this.#maker = options.maker;
    this.#pulls = options.pulls;
    this.#queue = options.queue;
  }

  async propose(proposal: Proposal): Promise<Proposed> {
    return this.#inTurn(proposal, async () => {
      const { branch, base } = proposal;
      const open = await this.#pulls.find(branch, base);
      return (
        (open && (await this.#leave(proposal, open.number))) ??
        this.#write(proposal, open)
      );
    });
  }

  /** Makes the branch of an open pull request anew. */
  async redo(proposal: Proposal, open: ProposalFacts): Promise<Proposed> {
    return this.#inTurn(proposal, () => this.#write(proposal, open));
  }

  #inTurn<T>({ branch }: Proposal, work: () => Promise<T>): Promise<T> {
    return this.#queue.run(`${branch} of ${this.#calls.slug}`, work);
  }

  /** What it is like where it has the change already, and merges. */
  async #leave(
    { edits, base, branch }: Proposal,
    number: number,
  ): Promise<Proposed | undefined> {
    const paths = editedPaths(edits);
    const [onBase, onBranch] = await Promise.all([
      this.#files.head(base),
      this.#files.head(branch),
    ]);
    const [pullRequest, before, after] = await Promise.all([
      this.#pulls.readMergeable(number, onBranch.sha),
      this.#files.read(onBase.sha, paths),
      this.#files.read(onBranch.sha, paths),
    ]);
    const files = applyEdits(before, edits);
    const missing = applyEdits(after, edits);
    return files.length > 0 &&
      missing.length === 0 &&
      pullRequest.mergeable !== false
      ? { outcome: 'open', pullRequest, files }
      : undefined;
  }

  async #write(proposal: Proposal, open?: ProposalFacts): Promise<Proposed> {
    const { branch, base, title, body, edits } = proposal;
    const head = await this.#files.head(base);
    const texts = await this.#files.read(head.sha, editedPaths(edits));
    const files = applyEdits(texts, edits);
    if (files.length === 0) {
      return { outcome: 'unchanged' };
    }
    const { sha } = await this.#maker.make(head, files, proposal);
    await (open ? this.#move(branch, sha) : this.#pointTo(branch, sha));
    const words = { title, body };
    if (open && open.title !== title) {
      // What is on the branch may be another change than before.
      await this.#pulls.rename(open.number, words);
    }
    const { number } =
      open ?? (await this.#pulls.open({ branch, base }, words));
    return {
      outcome: open ? 'redone' : 'opened',
      pullRequest: await this.#pulls.readMergeable(number, sha),
      files,
    };
  }

  /** Makes the branch, or moves the one that is left of an earlier proposal. */
  async #pointTo(branch: string, sha: string): Promise<void> {
    const { slug, at } = this.#calls;
    const { refused } = await this.#calls.attempt(
      `making ${branch} of ${slug}`,
      { expected: [404, 409, 422] },
      rest => rest.git.createRef({ ...at, ref: `refs/heads/${branch}`, sha }),
    );
    if (refused?.status === 404) {
      throw new RepositoryRefusedError(
        'no-permission',
        `The portal's account may not make branches in ${slug}. Give it write access to contents and pull requests.`,
      );
    }
    if (refused) {
      await this.#move(branch, sha);
    }
  }

  /** Takes what is on the branch away: it is ours. */
  async #move(branch: string, sha: string): Promise<void> {
    const { slug, at } = this.#calls;
    await this.#calls.ask(`moving ${branch} of ${slug}`, rest =>
      rest.git.updateRef({ ...at, ref: `heads/${branch}`, sha, force: true }),
    );
  }
}
