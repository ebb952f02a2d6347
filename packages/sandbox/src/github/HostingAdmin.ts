import { NotFoundError } from '@backstage/errors';
import { fastImport } from '../git/fastImport';
import { type TokenFacts } from './Accounts';
import { type BranchProtection } from './BranchProtection';
import { type Fault, type Faults } from './Faults';
import { type Site } from './Site';
import { emailOf } from './shapes/account';

/**
 * A commit that a new repository begins with.
 *
 * @public
 */
interface SeedCommit {
  readonly message: string;
  /** Login. */
  readonly author: string;
  /** ISO 8601. */
  readonly at: string;
  /** Text by path; `null` removes the file. */
  readonly files: Readonly<Record<string, string | null>>;
}

/**
 * A repository to begin with.
 *
 * @public
 */
export interface SeedRepository {
  readonly owner: string;
  readonly name: string;
  readonly description: string;
  /** Oldest first, all on the default branch. */
  readonly commits: readonly SeedCommit[];
  /** Of the default branch. */
  readonly protection?: BranchProtection;
}

/**
 * Makes accounts and repositories without asking for rights. What exists
 * already stays as it is, but for memberships, which are taken over.
 *
 * @public
 */
export class HostingAdmin {
  readonly #site: Site;
  readonly #faults: Faults;

  constructor(site: Site, faults: Faults) {
    this.#site = site;
    this.#faults = faults;
  }

  async createUser(user: {
    login: string;
    name: string;
    bot?: boolean;
  }): Promise<void> {
    const { store, accounts } = this.#site;
    if (accounts.user(user.login)) return;
    const { login, name, bot = false } = user;
    store.state.users.push({
      id: store.nextId(),
      login,
      name,
      bot,
      createdAt: now(),
    });
    store.changed();
  }

  /** Members may push to all of the organisation's repositories. */
  async createOrganization(org: {
    login: string;
    name: string;
    members: readonly string[];
  }): Promise<void> {
    const { store, accounts } = this.#site;
    const known = accounts.organization(org.login);
    const members = [...org.members];
    if (known) known.members = members;
    else {
      const { login, name } = org;
      store.state.organizations.push({
        id: store.nextId(),
        login,
        name,
        members,
        createdAt: now(),
      });
    }
    store.changed();
  }

  async createTeam(team: {
    org: string;
    slug: string;
    members: readonly string[];
  }): Promise<void> {
    const { store, accounts } = this.#site;
    const known = accounts
      .teams(team.org)
      .find(({ slug }) => slug === team.slug);
    const members = [...team.members];
    if (known) known.members = members;
    else {
      const { org, slug } = team;
      store.state.teams.push({
        id: store.nextId(),
        org,
        slug,
        members,
        createdAt: now(),
      });
    }
    store.changed();
  }

  /** Nobody is told of the commits: they have always been there. */
  async createRepository(wanted: SeedRepository): Promise<void> {
    const { store, repositories } = this.#site;
    const { owner, name, description, commits } = wanted;
    if (repositories.find(owner, name)) return;
    const createdAt = commits[0]?.at ?? now();
    const repository = await repositories.create({
      owner,
      name,
      description,
      createdAt: new Date(createdAt).toISOString(),
    });
    const { record, git } = repository;
    if (commits.length > 0) {
      const history = commits.map(commit => ({
        ...commit,
        author: this.#signature(commit),
      }));
      await fastImport(git.folder, record.defaultBranch, history);
      record.empty = false;
      record.pushedAt = new Date(commits.at(-1)?.at ?? createdAt).toISOString();
    }
    if (wanted.protection) {
      record.protections[record.defaultBranch] = wanted.protection;
    }
    store.changed();
  }

  hasRepository(owner: string, name: string): boolean {
    return this.#site.repositories.find(owner, name) !== undefined;
  }

  /** @throws NotFoundError if there is no such repository. */
  async archiveRepository(owner: string, name: string): Promise<void> {
    const repository = this.#site.repositories.find(owner, name);
    if (!repository) throw new NotFoundError(`No repository ${owner}/${name}`);
    repository.record.archived = true;
    this.#site.store.changed();
  }

  /** Makes an account's token one of other scopes, or one that ends. */
  setToken(login: string, token: TokenFacts): void {
    this.#site.accounts.setToken(login, token);
  }

  /**
   * The organisation has this one hook for everything that happens in it, in
   * place of the one that it was given so before; none without an address.
   */
  setOrganizationHook(
    org: string,
    target: { readonly url: string; readonly secret: string } | undefined,
  ): void {
    const { store } = this.#site;
    const { organizationHooks } = store.state;
    const others = (organizationHooks[org] ?? []).filter(
      ({ isGiven }) => !isGiven,
    );
    const given = target && {
      id: store.nextId(),
      ...target,
      isGiven: true,
      contentType: 'json' as const,
      active: true,
      events: ['*'],
      createdAt: now(),
      updatedAt: now(),
    };
    organizationHooks[org] = [...others, ...(given ? [given] : [])];
    store.changed();
  }

  /** From now on requests meet these faults; none with an empty list. */
  setFaults(faults: readonly Fault[]): void {
    this.#faults.set(faults);
  }

  #signature({ author, at }: SeedCommit) {
    const name = this.#site.accounts.user(author)?.name ?? author;
    return { name, email: emailOf({ login: author }), date: new Date(at) };
  }
}

function now(): string {
  return new Date().toISOString();
}
