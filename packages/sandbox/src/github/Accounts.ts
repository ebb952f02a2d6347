import { type Mover } from './BranchProtection';
import { type Store } from './Store';
import {
  type OrganizationRecord,
  type RepositoryRecord,
  type TeamRecord,
  type UserRecord,
} from './records';

const TOKEN_PREFIX = 'sandbox-';

/** What GitHub tells about a classic token, in the headers of its answers. */
export interface TokenFacts {
  readonly scopes: readonly string[];
  /** ISO 8601, UTC; absent for one that does not expire. */
  readonly expiresAt?: string;
}

const USUAL_TOKEN: TokenFacts = {
  scopes: ['admin:org_hook', 'repo', 'workflow'],
};

/** Who is who, who belongs where and who may write what. */
export class Accounts {
  readonly #store: Store;
  readonly #tokens = new Map<string, TokenFacts>();

  constructor(store: Store) {
    this.#store = store;
  }

  user(login: string): UserRecord | undefined {
    return this.#store.state.users.find(user => same(user.login, login));
  }

  people(): UserRecord[] {
    return this.#store.state.users.filter(user => !user.bot);
  }

  organization(login: string): OrganizationRecord | undefined {
    return this.#store.state.organizations.find(org => same(org.login, login));
  }

  organizationsOf(login: string): OrganizationRecord[] {
    return this.#store.state.organizations.filter(org =>
      org.members.includes(login),
    );
  }

  teams(org: string): TeamRecord[] {
    return this.#store.state.teams.filter(team => same(team.org, org));
  }

  /** The account that a token belongs to. Every account has one that never changes. */
  byToken(token: string): UserRecord | undefined {
    return token.startsWith(TOKEN_PREFIX)
      ? this.user(token.slice(TOKEN_PREFIX.length))
      : undefined;
  }

  /** What an account's token is like. */
  tokenOf(login: string): TokenFacts {
    return this.#tokens.get(login) ?? USUAL_TOKEN;
  }

  /** From now on, until the next start. */
  setToken(login: string, token: TokenFacts): void {
    this.#tokens.set(login, token);
  }

  mayWrite(repository: RepositoryRecord, login: string | undefined): boolean {
    if (!login) return false;
    const members = this.organization(repository.owner)?.members ?? [];
    return repository.owner === login || members.includes(login);
  }

  mover(repository: RepositoryRecord, login: string): Mover {
    const teams = this.teams(repository.owner)
      .filter(team => team.members.includes(login))
      .map(team => team.slug);
    return { login, teams };
  }
}

function same(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase();
}
