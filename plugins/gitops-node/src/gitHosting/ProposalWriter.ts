import { type CommitMaker } from './CommitMaker';
import { type Proposal, type Proposed } from './GitHosting';
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
    const { branch, base } = proposal;
    return this.#queue.run(`${branch} of ${this.#calls.slug}`, async () => {
      const open = await this.#pulls.find(branch, base);
      return (
        (open && (await this.#leave(proposal, open))) ??
        this.#write(proposal, open !== undefined)
      );
    });
  }

  /** What it is like where it has the change already, and merges. */
  async #leave(
    proposal: Proposal,
    open: { number: number; head: string },
  ): Promise<Proposed | undefined> {
    const { edits, base } = proposal;
    const paths = editedPaths(edits);
    const [{ sha }, pullRequest] = await Promise.all([
      this.#files.head(base),
      this.#pulls.readMergeable(open.number),
    ]);
    const [onBase, onBranch] = await Promise.all([
      this.#files.read(sha, paths),
      this.#files.read(open.head, paths),
    ]);
    const files = applyEdits(onBase, edits);
    const missing = applyEdits(onBranch, edits);
    return files.length > 0 &&
      missing.length === 0 &&
      pullRequest.mergeable !== false
      ? { outcome: 'open', pullRequest, files }
      : undefined;
  }

  async #write(proposal: Proposal, isOpen: boolean): Promise<Proposed> {
    const { branch, base, title, body, edits } = proposal;
    const head = await this.#files.head(base);
    const texts = await this.#files.read(head.sha, editedPaths(edits));
    const files = applyEdits(texts, edits);
    if (files.length === 0) {
      return { outcome: 'unchanged' };
    }
    const { sha } = await this.#maker.make(head, files, proposal);
    await this.#pointTo(branch, sha);
    const opened = await this.#pulls.open({ branch, base }, { title, body });
    return {
      outcome: isOpen ? 'redone' : 'opened',
      pullRequest: await this.#pulls.readMergeable(opened.number),
      files,
    };
  }

  /** Makes the branch, or takes what is on it away: it is ours. */
  async #pointTo(branch: string, sha: string): Promise<void> {
    const { slug, at } = this.#calls;
    const doing = `making ${branch} of ${slug}`;
    const created = await this.#calls.attempt(
      doing,
      { expected: [404, 409, 422] },
      rest => rest.git.createRef({ ...at, ref: `refs/heads/${branch}`, sha }),
    );
    if (created.refused?.status === 404) {
      throw new RepositoryRefusedError(
        'no-permission',
        `The portal's account may not make branches in ${slug}. Give it write access to contents and pull requests.`,
      );
    }
    if (created.refused) {
      await this.#calls.ask(doing, rest =>
        rest.git.updateRef({ ...at, ref: `heads/${branch}`, sha, force: true }),
      );
    }
  }
}
