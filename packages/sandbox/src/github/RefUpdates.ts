import { ConflictError } from '@backstage/errors';
import { type Accounts } from './Accounts';
import { type BranchProtection, directUpdateRefusal } from './BranchProtection';
import { type HostedRepository } from './Repositories';
import { type Store } from './Store';
import { ApiError } from './http/ApiError';

/** A ref that has moved; undefined stands for its absence before or after. */
export interface RefMoved {
  readonly repository: HostedRepository;
  readonly name: string;
  readonly from: string | undefined;
  readonly to: string | undefined;
  /** Login. */
  readonly by: string;
}

/** Called, within the repository's lock, after every move. */
type RefObserver = (move: RefMoved) => Promise<void>;

/** What somebody wants of a ref. */
interface RefRequest {
  readonly name: string;
  /** Undefined: whatever it points to now. */
  readonly from?: string;
  readonly to: string;
  readonly by: string;
  readonly force?: boolean;
}

const BRANCHES = 'refs/heads/';

/**
 * The one way in which refs move: one at a time in each repository, obeying the
 * rules of protected branches, and telling those who follow.
 */
export class RefUpdates {
  readonly #store: Store;
  readonly #accounts: Accounts;
  readonly #observers: RefObserver[] = [];

  constructor(store: Store, accounts: Accounts) {
    this.#store = store;
    this.#accounts = accounts;
  }

  observe(observer: RefObserver): void {
    this.#observers.push(observer);
  }

  /**
   * Moves an existing ref.
   *
   * @throws ApiError 422 where GitHub answers so: rules, no fast forward, no such ref.
   */
  update(repository: HostedRepository, request: RefRequest): Promise<void> {
    return repository.git.lock.run(async () => {
      const now = await repository.git.refs.read(request.name);
      if (!now) throw new ApiError(422, 'Reference does not exist');
      if (request.from && request.from !== now) {
        throw new ApiError(409, `${request.name} is at ${now} now`);
      }
      await this.#check(repository, request, now);
      await this.move({ ...request, repository, from: now });
    });
  }

  /**
   * Makes a new ref.
   *
   * @throws ApiError 422 if it exists.
   */
  create(repository: HostedRepository, request: RefRequest): Promise<void> {
    return repository.git.lock.run(async () => {
      if (await repository.git.refs.read(request.name)) {
        throw new ApiError(422, 'Reference already exists');
      }
      await this.move({ ...request, repository, from: undefined });
    });
  }

  /** @throws ApiError 422 if it does not exist or must stay. */
  remove(
    repository: HostedRepository,
    request: { name: string; by: string },
  ): Promise<void> {
    return repository.git.lock.run(async () => {
      const from = await repository.git.refs.read(request.name);
      if (!from) throw new ApiError(422, 'Reference does not exist');
      const protection = this.#protectionOf(repository, request.name);
      if (protection && !protection.allow_deletions) {
        throw new ApiError(422, 'Cannot delete this protected branch');
      }
      await this.move({ ...request, repository, from, to: undefined });
    });
  }

  /**
   * Moves a ref and tells everybody. Checks no rules: a merge has its own.
   * The caller holds the repository's lock.
   *
   * @throws ApiError 409 if something outside has moved it meanwhile.
   */
  async move(move: RefMoved): Promise<void> {
    const { repository, name, from, to } = move;
    try {
      if (to) await repository.git.refs.move({ name, from, to });
      else if (from) await repository.git.refs.remove(name, from);
    } catch (error) {
      if (!(error instanceof ConflictError)) throw error;
      throw new ApiError(409, error.message);
    }
    await this.moved(move);
  }

  /** Tells everybody of a move that has happened, as by a push. */
  async moved(move: RefMoved): Promise<void> {
    const { record, git } = move.repository;
    if (record.empty && move.name.startsWith(BRANCHES)) {
      // The first branch is the default one, whatever it is called.
      record.defaultBranch = move.name.slice(BRANCHES.length);
      await git.setHead(record.defaultBranch);
      record.empty = false;
    }
    record.pushedAt = new Date().toISOString();
    record.updatedAt = record.pushedAt;
    this.#store.changed();
    for (const observer of this.#observers) await observer(move);
  }

  /** Why this account may not move the branch directly; undefined if it may. */
  refusal(
    { record }: HostedRepository,
    branch: string,
    login: string,
  ): string | undefined {
    const mover = this.#accounts.mover(record, login);
    return directUpdateRefusal(record.protections[branch], mover);
  }

  async #check(
    repository: HostedRepository,
    request: RefRequest,
    now: string,
  ): Promise<void> {
    if (!request.name.startsWith(BRANCHES)) return;
    const branch = request.name.slice(BRANCHES.length);
    const refusal = this.refusal(repository, branch, request.by);
    if (refusal) throw new ApiError(422, refusal);
    const protection = this.#protectionOf(repository, request.name);
    const mayForce = !protection || protection.allow_force_pushes;
    if (request.force && mayForce) return;
    if (!(await repository.git.isFastForward(now, request.to))) {
      throw new ApiError(
        422,
        request.force
          ? 'Cannot force-push to this protected branch'
          : 'Update is not a fast forward',
      );
    }
  }

  #protectionOf(
    { record }: HostedRepository,
    name: string,
  ): BranchProtection | undefined {
    return name.startsWith(BRANCHES)
      ? record.protections[name.slice(BRANCHES.length)]
      : undefined;
  }
}
