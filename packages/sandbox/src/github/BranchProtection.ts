/**
 * The rules of a protected branch, in the words of GitHub's
 * `PUT /repos/{owner}/{repo}/branches/{branch}/protection`.
 *
 * @public
 */
export interface BranchProtection {
  readonly required_pull_request_reviews?: RequiredReviews | null;
  readonly required_status_checks?: {
    readonly strict?: boolean;
    readonly contexts?: readonly string[];
  } | null;
  /** Kept and answered; the rules hold for everybody in any case. */
  readonly enforce_admins?: boolean | null;
  readonly required_linear_history?: boolean;
  readonly allow_force_pushes?: boolean | null;
  readonly allow_deletions?: boolean;
}

/**
 * Which reviews a pull request needs, and who may do without one.
 *
 * @public
 */
interface RequiredReviews {
  /** 1 unless told; 0 asks for a pull request without a review. */
  readonly required_approving_review_count?: number;
  readonly dismiss_stale_reviews?: boolean;
  readonly require_code_owner_reviews?: boolean;
  readonly require_last_push_approval?: boolean;
  readonly bypass_pull_request_allowances?: {
    readonly users?: readonly string[];
    readonly teams?: readonly string[];
    readonly apps?: readonly string[];
  };
}

/** How many approving reviews the rules ask for; 0 without a rule. */
export function neededApprovals(protection?: BranchProtection): number {
  const reviews = protection?.required_pull_request_reviews;
  return reviews ? reviews.required_approving_review_count ?? 1 : 0;
}

/** Who moves a branch, and the teams that this person is in. */
export interface Mover {
  readonly login: string;
  readonly teams: readonly string[];
}

/** Whether the rules let this account change the branch without a pull request. */
export function mayBypass(protection: BranchProtection, mover: Mover): boolean {
  const allowances =
    protection.required_pull_request_reviews?.bypass_pull_request_allowances;
  return (
    (allowances?.users ?? []).includes(mover.login) ||
    (allowances?.teams ?? []).some(team => mover.teams.includes(team))
  );
}

/** Why a branch may not be moved directly; undefined if it may. GitHub's words. */
export function directUpdateRefusal(
  protection: BranchProtection | undefined,
  mover: Mover,
): string | undefined {
  if (!protection || mayBypass(protection, mover)) return undefined;
  if (protection.required_pull_request_reviews) {
    return 'Changes must be made through a pull request.';
  }
  const [check] = protection.required_status_checks?.contexts ?? [];
  return check && `Required status check "${check}" is expected.`;
}
