import { type FileEdit } from '../layouts/FileEdit';
import { type EditedFile } from './applyEdits';

/**
 * Where repositories are kept: GitHub, a GitHub Enterprise Server, or anything
 * that speaks their REST API.
 *
 * Every method of it throws an `UpstreamError` where the Git hosting fails, and
 * a `RepositoryRefusedError` where the repository does not allow it.
 *
 * @public
 */
export interface GitHosting {
  /**
   * The repository at a web address. Asks nothing yet.
   *
   * @throws InputError where the address is none, or names a host that is not
   * among `integrations.github` of the configuration.
   */
  repository(url: string): HostedRepository;
}

/**
 * One repository, with the portal's own credentials.
 *
 * @public
 */
export interface HostedRepository {
  /** `owner/name`. */
  readonly slug: string;
  /** Web address. */
  readonly url: string;

  describe(): Promise<RepositoryFacts>;
  /** Where a branch is. */
  head(branch: string): Promise<BranchHead>;
  /** Texts by path, `null` where there is no such file. */
  readFiles(
    commit: string,
    paths: readonly string[],
  ): Promise<Record<string, string | null>>;

  /**
   * Commits to a branch, in turn with every other commit of this process to
   * it. Where somebody else was faster, the edits are made again on what they
   * left.
   */
  commit(change: Change): Promise<Committed>;
  /**
   * Proposes a change: opens the pull request of its branch, leaves it alone
   * where it has the change and merges, and otherwise makes the branch anew on
   * the newest base.
   *
   * @throws RepositoryRefusedError `not-ours` where others' commits on the
   * branch would be lost.
   */
  propose(proposal: Proposal): Promise<Proposed>;
  /**
   * Makes the branch of an open pull request anew, as `propose`, also where it
   * has the change.
   *
   * @param open - as it was looked at
   */
  redo(proposal: Proposal, open: ProposalFacts): Promise<Redone>;

  /** Open pull requests into a branch, from branches that begin with `prefix`. */
  listPullRequests(options: {
    base: string;
    prefix: string;
  }): Promise<ProposalFacts[]>;
  readPullRequest(number: number): Promise<ProposalFacts>;
  /** Who approved, and who asked for changes; the last word of each person. */
  readReviews(number: number): Promise<ReviewFacts>;
  /** The rules for changes of a branch. */
  readProtection(branch: string): Promise<ProtectionFacts>;
  /** Who may push to a branch without a pull request. */
  readPushRules(branch: string): Promise<PushRules>;
  /** Whose the credentials are, and what is known of them. */
  readAccount(): Promise<AccountFacts>;
  /** Who is told of what happens in the repository. */
  readWebhooks(): Promise<WebhookFacts>;
  readMessage(commit: string): Promise<string>;
  /** Messages of a pull request's commits, newest first. */
  readMessages(number: number): Promise<string[]>;
  comment(number: number, text: string): Promise<void>;
  /** @returns `false` where the pull request has the same comment already. */
  commentOnce(number: number, text: string): Promise<boolean>;
  close(number: number): Promise<void>;
}

/** @public */
export interface RepositoryFacts {
  readonly archived: boolean;
  /** Nothing was ever pushed. */
  readonly empty: boolean;
  readonly defaultBranch: string;
  /** Whether the portal's account may push. */
  readonly canPush: boolean;
  /** Whether it is an administrator; `false` where the Git hosting does not say. */
  readonly isAdmin: boolean;
}

/** @public */
export interface BranchHead {
  readonly sha: string;
  readonly tree: string;
}

/**
 * A change of files as one commit.
 *
 * @public
 */
export interface Change {
  readonly branch: string;
  readonly edits: readonly FileEdit[];
  /** Subject and, after an empty line, body. */
  readonly message: string;
  /** Git trailers, in order. */
  readonly trailers?: Readonly<Record<string, string>>;
}

/**
 * What became of a commit. `unchanged`: there was nothing to change.
 *
 * @public
 */
export type Committed =
  | { readonly outcome: 'unchanged' }
  | {
      readonly outcome: 'committed';
      readonly sha: string;
      readonly url: string;
      readonly files: readonly EditedFile[];
    };

/**
 * A change that somebody has to merge.
 *
 * @public
 */
export interface Proposal extends Omit<Change, 'branch'> {
  /** Where it shall be merged. */
  readonly base: string;
  /** The proposal's own branch: the same for the same purpose, always. */
  readonly branch: string;
  readonly title: string;
  readonly body: string;
}

/**
 * What became of a proposal. `open`: it was there and is as it should be.
 *
 * @public
 */
export type Proposed =
  | { readonly outcome: 'unchanged' }
  | {
      readonly outcome: 'opened' | 'redone' | 'open';
      readonly pullRequest: ProposalFacts;
      readonly files: readonly EditedFile[];
    };

/**
 * What became of a proposal that was made anew. `moved`: somebody pushed to the
 * branch in the meantime, so nothing was done.
 *
 * @public
 */
export type Redone = Proposed | { readonly outcome: 'moved' };

/** @public */
export interface ProposalFacts {
  readonly number: number;
  readonly url: string;
  readonly title: string;
  /** Neither merged nor closed. */
  readonly open: boolean;
  readonly branch: string;
  readonly head: string;
  readonly draft: boolean;
  /** Absent while the Git hosting has not computed it, and in lists. */
  readonly mergeable?: boolean;
}

/** @public */
export interface ReviewFacts {
  readonly approvedBy: readonly string[];
  readonly changesRequestedBy: readonly string[];
}

/** @public */
export interface ProtectionFacts {
  /** `false` where the portal's account may not read the rules. */
  readonly known: boolean;
  /** Approving reviews that a merge needs. */
  readonly approvals: number;
  readonly byCodeOwners: boolean;
  /** Whether a new state of the branch takes approvals back. */
  readonly dismissesApprovals: boolean;
}

/**
 * Names of accounts, teams and apps that a rule makes an exception for.
 *
 * @public
 */
export interface Actors {
  /** Lower case. */
  readonly users: readonly string[];
  /** Slugs of teams of the organisation. */
  readonly teams: readonly string[];
  /** Slugs of GitHub Apps. */
  readonly apps: readonly string[];
}

/**
 * What stands between an account and a direct push to a branch: its protection
 * and the rulesets that apply to it.
 *
 * @public
 */
export interface PushRules {
  /** `false` where the portal's account may not read the protection. */
  readonly known: boolean;
  readonly needsPullRequest: boolean;
  /** Approving reviews that a merge needs, by protection or ruleset. */
  readonly approvals: number;
  /** Names of checks that have to succeed before. */
  readonly requiredChecks: readonly string[];
  /** Whether the rules hold for administrators, too. */
  readonly holdsForAdmins: boolean;
  /** Who may do without the pull request. */
  readonly bypass: Actors;
  /** Who may push at all, where that is restricted. */
  readonly pushers?: Actors;
  /** Rules of rulesets that forbid a direct push. */
  readonly rulesets: readonly {
    readonly name: string;
    /** Whether the portal's account may pass them by; absent where it cannot be read. */
    readonly canBypass?: boolean;
  }[];
}

/**
 * The account that the portal's credentials belong to.
 *
 * @public
 */
export interface AccountFacts {
  /** Absent for a GitHub App, which is no user. */
  readonly login?: string;
  /** Scopes of a classic token; absent for tokens of other kinds. */
  readonly scopes?: readonly string[];
  /** When the token ends, where the Git hosting tells; ISO 8601, UTC. */
  readonly expiresAt?: string;
}

/**
 * The webhooks of a repository and of its owner; `hidden` where the portal's
 * account may not see them.
 *
 * @public
 */
export interface WebhookFacts {
  readonly repository: readonly Webhook[] | 'hidden';
  readonly organization: readonly Webhook[] | 'hidden';
}

/** @public */
export interface Webhook {
  readonly url: string;
  readonly active: boolean;
  /** `*` for all. */
  readonly events: readonly string[];
  readonly contentType: string;
  /** The newest one; absent where there is none, or it cannot be read. */
  readonly lastDelivery?: {
    /** ISO 8601, UTC. */
    readonly at: string;
    /** Of the receiver; 0 where it did not answer. */
    readonly status: number;
  };
}
