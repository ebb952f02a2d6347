import { type BranchProtection, neededApprovals } from '../BranchProtection';
import { type Site } from '../Site';
import { type RepositoryRecord } from '../records';
import { simpleTeam, simpleUser } from './account';
import { repositoryApi } from './repository';

/** A branch whose rules are told. */
interface OfBranch {
  readonly record: RepositoryRecord;
  readonly name: string;
}

/** Schema `branch-protection`. */
export function protectionShape(
  site: Site,
  { record, name }: OfBranch,
  protection: BranchProtection,
): object {
  const branch = encodeURIComponent(name);
  const url = `${repositoryApi(site, record)}/branches/${branch}/protection`;
  const on = (enabled: boolean | null | undefined) => ({
    enabled: enabled ?? false,
  });
  const checks = checksShape(url, protection);
  const reviews = reviewsShape(site, { record, url }, protection);
  return {
    url,
    ...(checks && { required_status_checks: checks }),
    ...(reviews && { required_pull_request_reviews: reviews }),
    required_signatures: { url: `${url}/required_signatures`, enabled: false },
    enforce_admins: {
      url: `${url}/enforce_admins`,
      ...on(protection.enforce_admins),
    },
    required_linear_history: on(protection.required_linear_history),
    allow_force_pushes: on(protection.allow_force_pushes),
    allow_deletions: on(protection.allow_deletions),
    block_creations: on(false),
    required_conversation_resolution: on(false),
    lock_branch: on(false),
    allow_fork_syncing: on(false),
  };
}

/** The few facts that a branch itself tells of its rules. */
export function protectionSummary(
  protection: BranchProtection | undefined,
): object {
  const contexts = protection?.required_status_checks?.contexts ?? [];
  const level = protection ? 'everyone' : 'off';
  return {
    enabled: protection !== undefined,
    required_status_checks: { enforcement_level: level, contexts, checks: [] },
  };
}

function checksShape(
  url: string,
  { required_status_checks: checks }: BranchProtection,
): object | undefined {
  if (!checks) return undefined;
  const contexts = checks.contexts ?? [];
  return {
    url: `${url}/required_status_checks`,
    strict: checks.strict ?? false,
    contexts,
    contexts_url: `${url}/required_status_checks/contexts`,
    checks: contexts.map(context => ({ context, app_id: null })),
  };
}

function reviewsShape(
  site: Site,
  { record, url }: { record: RepositoryRecord; url: string },
  protection: BranchProtection,
): object | undefined {
  const reviews = protection.required_pull_request_reviews;
  if (!reviews) return undefined;
  const allowances = reviews.bypass_pull_request_allowances;
  const teams = site.accounts
    .teams(record.owner)
    .filter(({ slug }) => allowances?.teams?.includes(slug));
  return {
    url: `${url}/required_pull_request_reviews`,
    dismiss_stale_reviews: reviews.dismiss_stale_reviews ?? false,
    require_code_owner_reviews: reviews.require_code_owner_reviews ?? false,
    require_last_push_approval: reviews.require_last_push_approval ?? false,
    required_approving_review_count: neededApprovals(protection),
    ...(allowances && {
      bypass_pull_request_allowances: {
        users: (allowances.users ?? []).map(login => simpleUser(site, login)),
        teams: teams.map(team => simpleTeam(site, team)),
        apps: [],
      },
    }),
  };
}
