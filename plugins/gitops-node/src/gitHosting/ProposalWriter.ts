import { type BranchGuard } from './BranchGuard';
import { type CommitMaker, type MadeCommit } from './CommitMaker';
import { type Deadline } from './Deadline';
import {
  type Proposal,
  type ProposalFacts,
  type Proposed,
  type Redone,
} from './GitHosting';
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
  readonly #guard: BranchGuard;
  readonly #maker: CommitMaker;
  readonly #pulls: PullRequests;
  readonly #queue: WriteQueue;

  constructor(options: {
    calls: GithubCalls;
    files: GithubFiles;
    guard: BranchGuard;
    maker: CommitMaker;
    pulls: PullRequests;
    queue: WriteQueue;
  }) {
    this.#calls = options.calls;
    this.#files = options.files;
    this.#guard = options.guard;
    this.#maker = options.maker;
    this.#pulls = options.pulls;
    this.#queue = options.queue;
  }

  async propose(proposal: Proposal): Promise<Proposed> {
    return this.#inTurn(proposal, async deadline => {
      const { branch, base } = proposal;
      for (;;) {
        const open = await this.#pulls.find(branch, base);
        const done =
          (open && (await this.#leave(proposal, open.number))) ??
          (await this.#write(proposal, open));
        if (done.outcome !== 'moved') {
          return done;
        }
        deadline.check();
      }
    });
  }

  /** Makes the branch of an open pull request anew. */
  async redo(proposal: Proposal, open: ProposalFacts): Promise<Redone> {
    return this.#inTurn(proposal, async () =>
      (await this.#isAt(open.branch, open.head))
        ? this.#write(proposal, open)
        : { outcome: 'moved' },
    );
  }

  #inTurn<T>(
    { branch }: Proposal,
    work: (deadline: Deadline) => Promise<T>,
  ): Promise<T> {
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

  async #write(proposal: Proposal, open?: ProposalFacts): Promise<Redone> {
    const { base, edits } = proposal;
    const head = await this.#files.head(base);
    const texts = await this.#files.read(head.sha, editedPaths(edits));
    const files = applyEdits(texts, edits);
    if (files.length === 0) {
      return { outcome: 'unchanged' };
    }
    const made = await this.#maker.make(head, files, proposal);
    const isThere = open
      ? await this.#replace(proposal, made, { head: open.head, open })
      : await this.#pointTo(proposal, made);
    if (!isThere) {
      return { outcome: 'moved' };
    }
    const number = await this.#describe(proposal, open);
    return {
      outcome: open ? 'redone' : 'opened',
      pullRequest: await this.#pulls.readMergeable(number, made.sha),
      files,
    };
  }

  /** @returns the number of the pull request. */
  async #describe(
    { branch, base, title, body }: Proposal,
    open: ProposalFacts | undefined,
  ): Promise<number> {
    const words = { title, body };
    if (open && open.title !== title) {
      // What is on the branch may be another change than before.
      await this.#pulls.rename(open.number, words);
    }
    const { number } =
      open ?? (await this.#pulls.open({ branch, base }, words));
    return number;
  }

  /**
   * Makes the branch, or moves the one that is left of an earlier proposal.
   *
   * @returns whether it is there; if not, somebody pushed to it.
   */
  async #pointTo(proposal: Proposal, made: MadeCommit): Promise<boolean> {
    const { slug, at } = this.#calls;
    const { branch } = proposal;
    const ref = `refs/heads/${branch}`;
    const { refused } = await this.#calls.attempt(
      `making ${branch} of ${slug}`,
      { expected: [404, 409, 422] },
      rest => rest.git.createRef({ ...at, ref, sha: made.sha }),
    );
    if (refused?.status === 404) {
      throw new RepositoryRefusedError(
        'no-permission',
        `The portal's account may not make branches in ${slug}. Give it write access to contents and pull requests.`,
      );
    }
    if (!refused) {
      return true;
    }
    const { sha } = await this.#files.head(branch);
    return this.#replace(proposal, made, { head: sha });
  }

  /**
   * Takes what is on the branch away, if it is ours.
   *
   * @returns whether it was done; if not, somebody pushed in the meantime.
   * @throws RepositoryRefusedError where it is somebody else's.
   */
  async #replace(
    proposal: Proposal,
    made: MadeCommit,
    present: { head: string; open?: ProposalFacts },
  ): Promise<boolean> {
    const { slug, at } = this.#calls;
    const { branch } = proposal;
    const { head, open } = present;
    const isFree =
      (await this.#guard.isOurs(proposal, head, made.by)) ||
      // What an earlier pull request ended with stays readable there.
      (!open && (await this.#pulls.keeps(branch, head)));
    if (!isFree) {
      throw notOurs(slug, branch, open);
    }
    // Git hostings force a branch from wherever it is, so look at the last moment.
    if (!(await this.#isAt(branch, head))) {
      return false;
    }
    await this.#calls.ask(`moving ${branch} of ${slug}`, rest =>
      rest.git.updateRef({
        ...at,
        ref: `heads/${branch}`,
        sha: made.sha,
        force: true,
      }),
    );
    return true;
  }

  async #isAt(branch: string, commit: string): Promise<boolean> {
    const { sha } = await this.#files.head(branch);
    return sha === commit;
  }
}

function notOurs(
  slug: string,
  branch: string,
  open: ProposalFacts | undefined,
): RepositoryRefusedError {
  return new RepositoryRefusedError(
    'not-ours',
    open
      ? `The branch ${branch} of ${slug} holds more than the portal wrote, so it was left alone: ${open.url}. Resolve its conflicts and merge it; or, if what others wrote there is not needed, close it and try again.`
      : `The branch ${branch} of ${slug} holds commits that the portal did not make, and has no pull request. Open one for it, or delete the branch, and try again.`,
  );
}
