import { type MergeResult } from '../../git/history';
import { type BranchProtection, neededApprovals } from '../BranchProtection';
import { type HostedRepository } from '../Repositories';
import { type Site } from '../Site';
import { latestStatuses } from '../latestStatuses';
import { type PullRecord, type ReviewRecord } from '../records';

/** GitHub's `mergeable_state`. */
export type MergeableState =
  | 'behind'
  | 'blocked'
  | 'clean'
  | 'dirty'
  | 'draft'
  | 'unknown'
  | 'unstable';

/** Whether and why not a pull request can be merged. */
export interface Assessment {
  /** Null once it is closed. */
  readonly mergeable: boolean | null;
  readonly state: MergeableState;
  /** Files that both sides changed in ways that exclude each other. */
  readonly conflicts: readonly string[];
  /** What the branch's rules still ask for, in GitHub's words. */
  readonly missing: readonly string[];
}

/** Looks by a real merge, and at the rules of the base branch. */
export async function assessPull(
  site: Site,
  repository: HostedRepository,
  pull: PullRecord,
): Promise<Assessment> {
  if (pull.state === 'closed') {
    return { mergeable: null, state: 'unknown', conflicts: [], missing: [] };
  }
  const { conflicts } = await mergeOf(repository, pull);
  const missing = missingFor(site, repository, pull);
  const behind = await isBehind(repository, pull);
  return {
    mergeable: conflicts.length === 0,
    state: stateOf(repository, pull, {
      conflicts: conflicts.length > 0,
      blocked: missing.length > 0,
      behind,
    }),
    conflicts,
    missing: behind
      ? [...missing, 'The head branch must be up to date with the base branch.']
      : missing,
  };
}

export function mergeOf(
  { git }: HostedRepository,
  pull: PullRecord,
): Promise<MergeResult> {
  return git.comparisons.merge(pull.baseSha, pull.headSha);
}

/** The last word of each reviewer who may write; the author has none. */
export function effectiveReviews(
  site: Site,
  { record }: HostedRepository,
  pull: PullRecord,
): ReviewRecord[] {
  const last = new Map<string, ReviewRecord>();
  for (const review of pull.reviews) {
    const counts =
      review.state !== 'COMMENTED' &&
      review.login !== pull.login &&
      site.accounts.mayWrite(record, review.login);
    if (counts) last.set(review.login, review);
  }
  return [...last.values()].filter(review => review.state !== 'DISMISSED');
}

function missingFor(
  site: Site,
  repository: HostedRepository,
  pull: PullRecord,
): string[] {
  const protection = repository.record.protections[pull.base];
  return [
    ...missingReviews(site, repository, pull),
    ...missingChecks(repository, pull, protection),
  ];
}

function missingReviews(
  site: Site,
  repository: HostedRepository,
  pull: PullRecord,
): string[] {
  const protection = repository.record.protections[pull.base];
  if (!protection?.required_pull_request_reviews) return [];
  const needed = neededApprovals(protection);
  const reviews = effectiveReviews(site, repository, pull);
  const approvals = reviews.filter(({ state }) => state === 'APPROVED').length;
  const objections = reviews.length - approvals;
  return [
    ...(objections > 0 ? ['Changes have been requested.'] : []),
    ...(approvals < needed
      ? [
          `At least ${needed} approving review${
            needed === 1 ? ' is' : 's are'
          } required by reviewers with write access.`,
        ]
      : []),
  ];
}

function missingChecks(
  { record }: HostedRepository,
  pull: PullRecord,
  protection: BranchProtection | undefined,
): string[] {
  const statuses = latestStatuses(record, pull.headSha);
  return (protection?.required_status_checks?.contexts ?? []).flatMap(name => {
    const state = statuses.find(({ context }) => context === name)?.state;
    if (state === 'success') return [];
    const how = state && state !== 'pending' ? 'failing' : 'expected';
    return [`Required status check "${name}" is ${how}.`];
  });
}

async function isBehind(
  { record, git }: HostedRepository,
  pull: PullRecord,
): Promise<boolean> {
  const strict = record.protections[pull.base]?.required_status_checks?.strict;
  if (!strict) return false;
  return !(await git.isFastForward(pull.baseSha, pull.headSha));
}

function stateOf(
  { record }: HostedRepository,
  pull: PullRecord,
  found: { conflicts: boolean; blocked: boolean; behind: boolean },
): MergeableState {
  if (found.conflicts) return 'dirty';
  if (pull.draft) return 'draft';
  if (found.blocked) return 'blocked';
  if (found.behind) return 'behind';
  const green = latestStatuses(record, pull.headSha).every(
    ({ state }) => state === 'success',
  );
  return green ? 'clean' : 'unstable';
}
