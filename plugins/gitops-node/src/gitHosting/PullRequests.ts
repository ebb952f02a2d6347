import { setTimeout as sleep } from 'node:timers/promises';
import { type ProposalFacts, type ReviewFacts } from './GitHosting';
import { type GithubCalls } from './GithubCalls';
import { UpstreamError } from './errors';

/** GitHub computes in the background whether a pull request merges. */
const MERGEABLE_PAUSES_MS = [50, 200, 400, 800, 1_600];

/** What a pull request says. */
interface PullRequestWords {
  readonly title: string;
  readonly body: string;
}

/**
 * The pull requests of a repository.
 */
export class PullRequests {
  readonly #calls: GithubCalls;

  constructor(calls: GithubCalls) {
    this.#calls = calls;
  }

  /** Open ones within the repository; those of forks are not ours. */
  async list(options: {
    base: string;
    prefix: string;
  }): Promise<ProposalFacts[]> {
    const { slug, at } = this.#calls;
    const pulls = await this.#calls.askAll(
      `reading the pull requests of ${slug}`,
      octokit =>
        octokit.paginate(octokit.rest.pulls.list, {
          ...at,
          state: 'open',
          base: options.base,
          sort: 'created',
          direction: 'asc',
          per_page: 100,
        }),
    );
    return pulls
      .filter(
        ({ head, base }) =>
          head.repo?.full_name === base.repo.full_name &&
          head.ref.startsWith(options.prefix),
      )
      .map(toFacts);
  }

  /** The open one of a branch; there is at most one into the same base. */
  async find(branch: string, base: string): Promise<ProposalFacts | undefined> {
    const { slug, at } = this.#calls;
    const [pull] = await this.#calls.ask(
      `looking for the pull request of ${branch} of ${slug}`,
      rest =>
        rest.pulls.list({
          ...at,
          state: 'open',
          base,
          head: `${at.owner}:${branch}`,
        }),
    );
    return pull && toFacts(pull);
  }

  /** Whether one of the branch, open or not, ends with the commit. */
  async keeps(branch: string, head: string): Promise<boolean> {
    const { slug, at } = this.#calls;
    const pulls = await this.#calls.ask(
      `looking for earlier pull requests of ${branch} of ${slug}`,
      rest =>
        rest.pulls.list({
          ...at,
          state: 'all',
          head: `${at.owner}:${branch}`,
          per_page: 100,
        }),
    );
    return pulls.some(pull => pull.head.sha === head);
  }

  async read(number: number): Promise<ProposalFacts> {
    const { slug, at } = this.#calls;
    return toFacts(
      await this.#calls.ask(`reading pull request ${number} of ${slug}`, rest =>
        rest.pulls.get({ ...at, pull_number: number }),
      ),
    );
  }

  /**
   * Reads it until it says whether it merges, or for some seconds.
   *
   * @param head - where its branch is known to be; answers about an earlier
   * commit don't count
   */
  async readMergeable(number: number, head?: string): Promise<ProposalFacts> {
    let facts = await this.read(number);
    for (const pause of MERGEABLE_PAUSES_MS) {
      const isKnown =
        facts.mergeable !== undefined && facts.head === (head ?? facts.head);
      if (isKnown || !facts.open) {
        break;
      }
      await sleep(pause);
      facts = await this.read(number);
    }
    return facts;
  }

  async reviews(number: number): Promise<ReviewFacts> {
    const { slug, at } = this.#calls;
    const reviews = await this.#calls.askAll(
      `reading the reviews of pull request ${number} of ${slug}`,
      octokit =>
        octokit.paginate(octokit.rest.pulls.listReviews, {
          ...at,
          pull_number: number,
          per_page: 100,
        }),
    );
    const lastWord = new Map(
      reviews
        // A comment takes neither an approval nor an objection back.
        .filter(({ state }) => state !== 'COMMENTED' && state !== 'PENDING')
        .map(({ user, state }) => [user?.login ?? 'ghost', state]),
    );
    const who = (state: string) =>
      [...lastWord]
        .filter(([, word]) => word === state)
        .map(([login]) => login);
    return {
      approvedBy: who('APPROVED'),
      changesRequestedBy: who('CHANGES_REQUESTED'),
    };
  }

  /** Of its commits, newest first. */
  async messages(number: number): Promise<string[]> {
    const { slug, at } = this.#calls;
    const commits = await this.#calls.askAll(
      `reading the commits of pull request ${number} of ${slug}`,
      octokit =>
        octokit.paginate(octokit.rest.pulls.listCommits, {
          ...at,
          pull_number: number,
          per_page: 100,
        }),
    );
    return commits.map(({ commit }) => commit.message).reverse();
  }

  /** Opens one, or takes the one that is open. */
  async open(
    branches: { branch: string; base: string },
    words: PullRequestWords,
  ): Promise<ProposalFacts> {
    const { slug, at } = this.#calls;
    const { branch, base } = branches;
    const { data, refused } = await this.#calls.attempt(
      `opening a pull request in ${slug}`,
      { expected: [422] },
      rest => rest.pulls.create({ ...at, head: branch, base, ...words }),
    );
    if (!refused) {
      return toFacts(data);
    }
    const existing = await this.find(branch, base);
    if (!existing) {
      throw new UpstreamError(
        'failed',
        `${slug} refused the pull request of ${branch}. Look at the branch there, and try again.`,
      );
    }
    return existing;
  }

  async comment(number: number, text: string): Promise<void> {
    const { slug, at } = this.#calls;
    await this.#calls.ask(
      `commenting on pull request ${number} of ${slug}`,
      rest =>
        rest.issues.createComment({
          ...at,
          issue_number: number,
          body: text,
          // A second try could say it twice.
          request: { retries: 0 },
        }),
    );
  }

  async commentOnce(number: number, text: string): Promise<boolean> {
    const { slug, at } = this.#calls;
    const comments = await this.#calls.askAll(
      `reading the comments of pull request ${number} of ${slug}`,
      octokit =>
        octokit.paginate(octokit.rest.issues.listComments, {
          ...at,
          issue_number: number,
          per_page: 100,
        }),
    );
    if (comments.some(({ body }) => body?.trim() === text.trim())) {
      return false;
    }
    await this.comment(number, text);
    return true;
  }

  async rename(number: number, words: PullRequestWords): Promise<void> {
    const { slug, at } = this.#calls;
    await this.#calls.ask(`renaming pull request ${number} of ${slug}`, rest =>
      rest.pulls.update({ ...at, pull_number: number, ...words }),
    );
  }

  async close(number: number): Promise<void> {
    const { slug, at } = this.#calls;
    await this.#calls.ask(`closing pull request ${number} of ${slug}`, rest =>
      rest.pulls.update({ ...at, pull_number: number, state: 'closed' }),
    );
  }
}

function toFacts(pull: {
  number: number;
  html_url: string;
  title: string;
  state: string;
  draft?: boolean;
  head: { ref: string; sha: string };
  mergeable?: boolean | null;
}): ProposalFacts {
  const { number, html_url: url, title, head, draft, mergeable } = pull;
  return {
    number,
    url,
    title,
    open: pull.state === 'open',
    branch: head.ref,
    head: head.sha,
    draft: draft ?? false,
    ...(typeof mergeable === 'boolean' && { mergeable }),
  };
}
