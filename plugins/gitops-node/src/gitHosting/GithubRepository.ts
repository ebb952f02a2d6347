import { type LoggerService } from '@backstage/backend-plugin-api';
import { type Octokit } from '@octokit/rest';
import { BranchGuard } from './BranchGuard';
import { CommitMaker } from './CommitMaker';
import { CommitWriter } from './CommitWriter';
import {
  type AccountFacts,
  type BranchHead,
  type Change,
  type Committed,
  type HostedRepository,
  type Proposal,
  type ProposalFacts,
  type Proposed,
  type ProtectionFacts,
  type PushRules,
  type Redone,
  type RepositoryFacts,
  type ReviewFacts,
  type WebhookFacts,
} from './GitHosting';
import { GithubCalls } from './GithubCalls';
import { GithubCommits } from './GithubCommits';
import { GithubFiles } from './GithubFiles';
import { GithubRules } from './GithubRules';
import { GithubWebhooks } from './GithubWebhooks';
import { ProposalWriter } from './ProposalWriter';
import { PullRequests } from './PullRequests';
import { type RepositoryAddress } from './RepositoryAddress';
import { type WriteQueue } from './WriteQueue';
import { RepositoryRefusedError } from './errors';

/**
 * A repository on GitHub, or on what speaks its REST API.
 */
export class GithubRepository implements HostedRepository {
  readonly #calls: GithubCalls;
  readonly #files: GithubFiles;
  readonly #history: GithubCommits;
  readonly #pulls: PullRequests;
  readonly #commits: CommitWriter;
  readonly #proposals: ProposalWriter;
  readonly #rules: GithubRules;
  readonly #webhooks: GithubWebhooks;
  #facts: Promise<RepositoryFacts> | undefined;

  constructor(options: {
    address: RepositoryAddress;
    octokit: Octokit;
    queue: WriteQueue;
    logger: LoggerService;
  }) {
    const { queue } = options;
    const calls = new GithubCalls(options);
    const files = new GithubFiles(calls);
    const history = new GithubCommits(calls);
    const pulls = new PullRequests(calls);
    const maker = new CommitMaker(calls);
    this.#calls = calls;
    this.#files = files;
    this.#history = history;
    this.#pulls = pulls;
    this.#rules = new GithubRules(calls);
    this.#webhooks = new GithubWebhooks(calls);
    this.#commits = new CommitWriter({ calls, files, maker, queue });
    this.#proposals = new ProposalWriter({
      calls,
      files,
      guard: new BranchGuard({ commits: history, files }),
      maker,
      pulls,
      queue,
    });
  }

  get slug(): string {
    return this.#calls.slug;
  }

  get url(): string {
    return this.#calls.address.url;
  }

  /** Those who ask at the same time share one answer. */
  describe(): Promise<RepositoryFacts> {
    this.#facts ??= this.#describe().finally(() => {
      this.#facts = undefined;
    });
    return this.#facts;
  }

  head(branch: string): Promise<BranchHead> {
    return this.#files.head(branch);
  }

  readFiles(
    commit: string,
    paths: readonly string[],
  ): Promise<Record<string, string | null>> {
    return this.#files.read(commit, paths);
  }

  commit(change: Change): Promise<Committed> {
    return this.#commits.commit(change);
  }

  propose(proposal: Proposal): Promise<Proposed> {
    return this.#proposals.propose(proposal);
  }

  redo(proposal: Proposal, open: ProposalFacts): Promise<Redone> {
    return this.#proposals.redo(proposal, open);
  }

  listPullRequests(options: {
    base: string;
    prefix: string;
  }): Promise<ProposalFacts[]> {
    return this.#pulls.list(options);
  }

  readPullRequest(number: number): Promise<ProposalFacts> {
    return this.#pulls.readMergeable(number);
  }

  readReviews(number: number): Promise<ReviewFacts> {
    return this.#pulls.reviews(number);
  }

  async readProtection(branch: string): Promise<ProtectionFacts> {
    const { data, refused } = await this.#calls.attempt(
      `reading the protection of ${branch} of ${this.slug}`,
      { expected: [403, 404] },
      rest => rest.repos.getBranchProtection({ ...this.#calls.at, branch }),
    );
    const reviews = data?.required_pull_request_reviews;
    return {
      // Reading them needs administration rights, which the portal may lack;
      // a branch without rules is answered with words of its own.
      known: !refused || /not protected/i.test(refused.message),
      approvals: reviews ? reviews.required_approving_review_count ?? 1 : 0,
      byCodeOwners: reviews?.require_code_owner_reviews ?? false,
      dismissesApprovals: reviews?.dismiss_stale_reviews ?? false,
    };
  }

  readPushRules(branch: string): Promise<PushRules> {
    return this.#rules.ofBranch(branch);
  }

  readAccount(): Promise<AccountFacts> {
    return this.#rules.account();
  }

  readWebhooks(): Promise<WebhookFacts> {
    return this.#webhooks.read();
  }

  async readMessage(commit: string): Promise<string> {
    const { message } = await this.#history.read(commit);
    return message;
  }

  readMessages(number: number): Promise<string[]> {
    return this.#pulls.messages(number);
  }

  commentOnce(number: number, text: string): Promise<boolean> {
    return this.#pulls.commentOnce(number, text);
  }

  comment(number: number, text: string): Promise<void> {
    return this.#pulls.comment(number, text);
  }

  close(number: number): Promise<void> {
    return this.#pulls.close(number);
  }

  /** GitHub counts a repository's size late, and in kilobytes. */
  #hasBranch(branch: string): Promise<boolean> {
    return this.head(branch).then(
      () => true,
      error => {
        if (error instanceof RepositoryRefusedError) {
          return false;
        }
        throw error;
      },
    );
  }

  async #describe(): Promise<RepositoryFacts> {
    const data = await this.#calls.ask(`reading ${this.slug}`, rest =>
      rest.repos.get(this.#calls.at),
    );
    return {
      archived: data.archived,
      empty: data.size === 0 && !(await this.#hasBranch(data.default_branch)),
      defaultBranch: data.default_branch,
      // Absent for some kinds of tokens: then the first write will tell.
      canPush: data.permissions?.push ?? true,
      isAdmin: data.permissions?.admin ?? false,
    };
  }
}
