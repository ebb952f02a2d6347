import { type BranchProtection } from './BranchProtection';

/** A person, or an account that a program uses. */
export interface UserRecord {
  readonly id: number;
  readonly login: string;
  readonly name: string;
  readonly bot: boolean;
  readonly createdAt: string;
}

export interface OrganizationRecord {
  readonly id: number;
  readonly login: string;
  readonly name: string;
  /** Logins. Members may push to every repository of the organisation. */
  members: string[];
  readonly createdAt: string;
}

export interface TeamRecord {
  readonly id: number;
  readonly org: string;
  readonly slug: string;
  members: string[];
  readonly createdAt: string;
}

export interface HookRecord {
  readonly id: number;
  /** Nobody made it by a call: it came with the sandbox. */
  readonly isGiven?: boolean;
  url: string;
  secret?: string;
  contentType: 'json' | 'form';
  active: boolean;
  events: string[];
  readonly createdAt: string;
  updatedAt: string;
}

export interface StatusRecord {
  readonly id: number;
  readonly state: 'error' | 'failure' | 'pending' | 'success';
  readonly context: string;
  readonly description: string | null;
  readonly targetUrl: string | null;
  readonly creator: string;
  readonly createdAt: string;
}

export type ReviewState =
  | 'APPROVED'
  | 'CHANGES_REQUESTED'
  | 'COMMENTED'
  | 'DISMISSED';

export interface ReviewRecord {
  readonly id: number;
  readonly login: string;
  readonly body: string;
  state: ReviewState;
  readonly commitId: string;
  readonly submittedAt: string;
}

export interface CommentRecord {
  readonly id: number;
  readonly login: string;
  body: string;
  readonly createdAt: string;
}

export interface PullRecord {
  readonly id: number;
  readonly number: number;
  title: string;
  body: string | null;
  readonly login: string;
  draft: boolean;
  state: 'open' | 'closed';
  base: string;
  /** Tip of the base branch; once merged, what it was merged into. */
  baseSha: string;
  readonly head: string;
  /** Full name of the fork that its head is in; absent for this repository. */
  readonly fork?: string;
  headSha: string;
  readonly createdAt: string;
  updatedAt: string;
  closedAt: string | null;
  mergedAt: string | null;
  mergedBy: string | null;
  mergeCommitSha: string | null;
  requestedReviewers: string[];
  readonly reviews: ReviewRecord[];
  readonly comments: CommentRecord[];
}

export interface RepositoryRecord {
  readonly id: number;
  readonly owner: string;
  name: string;
  /** Full name of what it is a fork of. */
  readonly forkOf?: string;
  description: string | null;
  homepage: string | null;
  defaultBranch: string;
  archived: boolean;
  /** No ref was ever written. */
  empty: boolean;
  topics: string[];
  deleteBranchOnMerge: boolean;
  readonly createdAt: string;
  updatedAt: string;
  pushedAt: string;
  nextNumber: number;
  readonly protections: Record<string, BranchProtection>;
  readonly pulls: PullRecord[];
  readonly hooks: HookRecord[];
  /** By commit. */
  readonly statuses: Record<string, StatusRecord[]>;
}

/** Everything that the Git hosting knows besides the repositories' contents. */
export interface HostingState {
  nextId: number;
  readonly users: UserRecord[];
  readonly organizations: OrganizationRecord[];
  readonly teams: TeamRecord[];
  /** By organisation. */
  readonly organizationHooks: Record<string, HookRecord[]>;
  readonly repositories: RepositoryRecord[];
}
