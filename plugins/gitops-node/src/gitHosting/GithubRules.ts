import { type Octokit } from '@octokit/rest';
import { type AccountFacts, type Actors, type PushRules } from './GitHosting';
import { type GithubCalls } from './GithubCalls';

type Protection = Awaited<
  ReturnType<Octokit['rest']['repos']['getBranchProtection']>
>['data'];
type Rule = Awaited<
  ReturnType<Octokit['rest']['repos']['getBranchRules']>
>['data'][number];

const NOBODY: Actors = { users: [], teams: [], apps: [] };
/** Rules of a ruleset that a direct push breaks. */
const FORBID_PUSH = ['pull_request', 'required_status_checks', 'update'];

/** What the portal's account may do with a branch. */
export class GithubRules {
  readonly #calls: GithubCalls;

  constructor(calls: GithubCalls) {
    this.#calls = calls;
  }

  async account(): Promise<AccountFacts> {
    // A GitHub App is no user: it is answered 403.
    const { data, headers = {} } = await this.#calls.attempt(
      'asking whose the credentials are',
      { expected: [403, 404] },
      rest => rest.users.getAuthenticated(),
    );
    if (!data) {
      return {};
    }
    const scopes = headers['x-oauth-scopes'];
    const expiry = headers['github-authentication-token-expiration'];
    return {
      login: data.login.toLowerCase(),
      ...(scopes !== undefined && { scopes: listOf(String(scopes)) }),
      ...expiresAt(expiry),
    };
  }

  async ofBranch(branch: string): Promise<PushRules> {
    const [protection, rules] = await Promise.all([
      this.#protection(branch),
      this.#rules(branch),
    ]);
    const { data, known } = protection;
    const reviews = data?.required_pull_request_reviews;
    const approvals = [
      ...(reviews ? [reviews.required_approving_review_count ?? 1] : []),
      ...rules.flatMap(rule =>
        rule.type === 'pull_request'
          ? rule.parameters?.required_approving_review_count ?? 0
          : [],
      ),
    ];
    return {
      known,
      needsPullRequest: reviews !== undefined,
      approvals: Math.max(0, ...approvals),
      requiredChecks: data?.required_status_checks?.contexts ?? [],
      holdsForAdmins: data?.enforce_admins?.enabled ?? false,
      bypass: actorsOf(reviews?.bypass_pull_request_allowances),
      ...(data?.restrictions && { pushers: actorsOf(data.restrictions) }),
      rulesets: await this.#rulesets(rules),
    };
  }

  async #protection(
    branch: string,
  ): Promise<{ known: boolean; data?: Protection }> {
    const { data, refused } = await this.#calls.attempt(
      `reading the protection of ${branch} of ${this.#calls.slug}`,
      { expected: [403, 404] },
      rest => rest.repos.getBranchProtection({ ...this.#calls.at, branch }),
    );
    // A branch without rules is answered with words of its own.
    return refused
      ? { known: /not protected/i.test(refused.message) }
      : { known: true, data };
  }

  /** Rules of rulesets; none on servers that have no rulesets yet. */
  async #rules(branch: string): Promise<Rule[]> {
    const { data } = await this.#calls.attempt(
      `reading the rules of ${branch} of ${this.#calls.slug}`,
      { expected: [403, 404, 501] },
      rest => rest.repos.getBranchRules({ ...this.#calls.at, branch }),
    );
    return data ?? [];
  }

  async #rulesets(rules: readonly Rule[]): Promise<PushRules['rulesets']> {
    const ids = rules
      .filter(({ type }) => FORBID_PUSH.includes(type))
      .flatMap(({ ruleset_id: id }) => id ?? []);
    return Promise.all([...new Set(ids)].map(id => this.#ruleset(id)));
  }

  async #ruleset(id: number): Promise<PushRules['rulesets'][number]> {
    const { data } = await this.#calls.attempt(
      `reading a ruleset of ${this.#calls.slug}`,
      { expected: [403, 404] },
      rest => rest.repos.getRepoRuleset({ ...this.#calls.at, ruleset_id: id }),
    );
    const bypass = data?.current_user_can_bypass;
    return {
      name: data?.name ?? `${id}`,
      ...(bypass && { canBypass: bypass === 'always' }),
    };
  }
}

function actorsOf(
  actors:
    | {
        users?: { login?: string }[];
        teams?: { slug?: string }[];
        apps?: ({ slug?: string } | null)[];
      }
    | undefined,
): Actors {
  return actors
    ? {
        users: (actors.users ?? []).flatMap(
          ({ login }) => login?.toLowerCase() ?? [],
        ),
        teams: (actors.teams ?? []).flatMap(({ slug }) => slug ?? []),
        apps: (actors.apps ?? []).flatMap(app => app?.slug ?? []),
      }
    : NOBODY;
}

function listOf(header: string): string[] {
  return header
    .split(',')
    .map(scope => scope.trim())
    .filter(Boolean);
}

/** `2026-03-14 15:09:26 UTC`, or with an offset such as `-0700`. */
function expiresAt(
  header: string | number | undefined,
): Pick<AccountFacts, 'expiresAt'> {
  const time = header === undefined ? NaN : Date.parse(String(header));
  return Number.isNaN(time) ? {} : { expiresAt: new Date(time).toISOString() };
}
