import { setTimeout as sleep } from 'node:timers/promises';
import { type CommitMaker } from './CommitMaker';
import { type Deadline } from './Deadline';
import { type BranchHead, type Change, type Committed } from './GitHosting';
import { type GithubCalls } from './GithubCalls';
import { type GithubFiles } from './GithubFiles';
import { WaitingCommit } from './WaitingCommit';
import { type WriteQueue } from './WriteQueue';
import { applyEdits, editedPaths } from './applyEdits';
import { RepositoryRefusedError } from './errors';

const PAUSE_MS = 100;

/**
 * Commits that wait for the same branch go there together, which is faster than
 * each by itself; but the more they are, the likelier is somebody else's commit
 * in between, after which all of them are made again.
 */
const COMMITS_AT_ONCE = 10;

/** Commits on top of each other, none of which is on the branch yet. */
interface Chain {
  readonly tip: BranchHead;
  readonly texts: Record<string, string | null>;
  readonly outcomes: Map<WaitingCommit, Committed>;
}

/**
 * Commits to branches: several files at once, in turn, never over somebody
 * else's commit.
 */
export class CommitWriter {
  readonly #calls: GithubCalls;
  readonly #files: GithubFiles;
  readonly #maker: CommitMaker;
  readonly #queue: WriteQueue;
  readonly #waiting = new Map<string, WaitingCommit[]>();

  constructor(options: {
    calls: GithubCalls;
    files: GithubFiles;
    maker: CommitMaker;
    queue: WriteQueue;
  }) {
    this.#calls = options.calls;
    this.#files = options.files;
    this.#maker = options.maker;
    this.#queue = options.queue;
  }

  async commit(change: Change): Promise<Committed> {
    const { branch } = change;
    const commit = new WaitingCommit(change);
    this.#waiting.set(branch, [...(this.#waiting.get(branch) ?? []), commit]);
    this.#queue
      .run(`${branch} of ${this.#calls.slug}`, deadline =>
        this.#writeNext(branch, deadline),
      )
      // Its turn came too late, and no earlier turn took it along.
      .catch(error => commit.fail(error));
    return commit.done;
  }

  async #writeNext(branch: string, deadline: Deadline): Promise<void> {
    const waiting = (this.#waiting.get(branch) ?? []).filter(
      commit => !commit.isSettled,
    );
    const commits = waiting.slice(0, COMMITS_AT_ONCE);
    this.#waiting.set(branch, waiting.slice(COMMITS_AT_ONCE));
    try {
      await this.#land(branch, commits, deadline);
    } catch (error) {
      commits
        .filter(commit => !commit.isSettled)
        .forEach(commit => commit.fail(error));
    }
  }

  async #land(
    branch: string,
    commits: readonly WaitingCommit[],
    deadline: Deadline,
  ): Promise<void> {
    for (;;) {
      const open = commits.filter(commit => !commit.isSettled);
      if (open.length === 0) {
        return;
      }
      const base = await this.#files.head(branch);
      const { tip, texts, outcomes } = await this.#chain(base, open);
      if (tip.sha === base.sha || (await this.#move(branch, base, tip.sha))) {
        this.#files.remember(tip.sha, texts);
        outcomes.forEach((outcome, commit) => commit.finish(outcome));
        return;
      }
      deadline.check();
      await sleep(PAUSE_MS * (1 + Math.random()));
    }
  }

  /** One that cannot be made fails by itself; the others go without it. */
  async #chain(
    base: BranchHead,
    commits: readonly WaitingCommit[],
  ): Promise<Chain> {
    const texts: Record<string, string | null> = {};
    await Promise.all(
      commits.map(async commit => {
        const paths = editedPaths(commit.change.edits);
        try {
          Object.assign(texts, await this.#files.read(base.sha, paths));
        } catch (error) {
          commit.fail(error);
        }
      }),
    );
    const outcomes = new Map<WaitingCommit, Committed>();
    let tip = base;
    for (const commit of commits.filter(({ isSettled }) => !isSettled)) {
      const files = changesOf(commit, texts);
      if (files?.length === 0) {
        outcomes.set(commit, { outcome: 'unchanged' });
      } else if (files) {
        tip = await this.#maker.make(tip, files, commit.change);
        const { sha } = tip;
        const url = `${this.#calls.address.url}/commit/${sha}`;
        outcomes.set(commit, { outcome: 'committed', sha, url, files });
        files.forEach(({ path, content }) => {
          texts[path] = content;
        });
      }
    }
    return { tip, texts, outcomes };
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

function changesOf(
  commit: WaitingCommit,
  texts: Readonly<Record<string, string | null>>,
) {
  try {
    return applyEdits(texts, commit.change.edits);
  } catch (error) {
    commit.fail(error);
    return undefined;
  }
}
