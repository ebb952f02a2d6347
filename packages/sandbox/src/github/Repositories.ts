import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { ConflictError } from '@backstage/errors';
import { GitRepository, createGitRepository } from '../git/GitRepository';
import { Lock } from '../git/Lock';
import { type Store } from './Store';
import { type RepositoryRecord } from './records';

/** A repository of the hosting: what is known of it, and its content. */
export interface HostedRepository {
  readonly record: RepositoryRecord;
  readonly git: GitRepository;
}

/** What a new repository is given. */
interface NewRepository {
  readonly owner: string;
  readonly name: string;
  /** Full name of what it is a fork of. */
  readonly forkOf?: string;
  readonly description?: string | null;
  readonly homepage?: string | null;
  readonly deleteBranchOnMerge?: boolean;
  readonly createdAt?: string;
}

const DEFAULT_BRANCH = 'main';

/** All repositories. Their folders are named after owner and name. */
export class Repositories {
  /** Every bare repository is below this folder, as `<owner>/<name>.git`. */
  readonly folder: string;
  readonly #hooksFolder: string;
  readonly #store: Store;
  readonly #creating = new Lock();
  readonly #open = new Map<number, GitRepository>();

  constructor(store: Store, folders: { repositories: string; hooks: string }) {
    this.#store = store;
    this.folder = folders.repositories;
    this.#hooksFolder = folders.hooks;
  }

  find(owner: string, name: string): HostedRepository | undefined {
    const fullName = `${owner}/${name}`.toLowerCase();
    const record = this.#store.state.repositories.find(
      candidate => fullNameOf(candidate).toLowerCase() === fullName,
    );
    return record && { record, git: this.#gitOf(record) };
  }

  /** The repositories of an owner, the last pushed first. */
  of(owner: string): HostedRepository[] {
    return this.#store.state.repositories
      .filter(record => record.owner.toLowerCase() === owner.toLowerCase())
      .sort((a, b) => b.pushedAt.localeCompare(a.pushedAt))
      .map(record => ({ record, git: this.#gitOf(record) }));
  }

  /**
   * Makes an empty repository.
   *
   * @throws ConflictError if there is one of that name.
   */
  create(wanted: NewRepository): Promise<HostedRepository> {
    return this.#creating.run(() => this.#create(wanted));
  }

  async #create(wanted: NewRepository): Promise<HostedRepository> {
    if (this.find(wanted.owner, wanted.name)) {
      throw new ConflictError(`${fullNameOf(wanted)} exists already`);
    }
    const folder = this.#folderOf(wanted);
    // Left behind if the state was lost between the two writes.
    await rm(folder, { recursive: true, force: true });
    const git = await createGitRepository(folder, {
      defaultBranch: DEFAULT_BRANCH,
      hooksFolder: this.#hooksFolder,
    });
    const record = recordOf(this.#store.nextId(), wanted);
    this.#store.state.repositories.push(record);
    this.#store.changed();
    this.#open.set(record.id, git);
    return { record, git };
  }

  async remove({ record, git }: HostedRepository): Promise<void> {
    const { repositories } = this.#store.state;
    repositories.splice(repositories.indexOf(record), 1);
    this.#open.delete(record.id);
    this.#store.changed();
    git.close();
    await rm(git.folder, { recursive: true, force: true });
  }

  /** Waits until nobody changes any of them. */
  async settled(): Promise<void> {
    const all = [...this.#open.values()];
    await Promise.all(all.map(git => git.lock.run(async () => undefined)));
  }

  close(): void {
    this.#open.forEach(git => git.close());
  }

  #gitOf(record: RepositoryRecord): GitRepository {
    const git =
      this.#open.get(record.id) ?? new GitRepository(this.#folderOf(record));
    this.#open.set(record.id, git);
    return git;
  }

  #folderOf({ owner, name }: { owner: string; name: string }): string {
    return join(this.folder, owner, `${name}.git`);
  }
}

export function fullNameOf(record: { owner: string; name: string }): string {
  return `${record.owner}/${record.name}`;
}

function recordOf(id: number, wanted: NewRepository): RepositoryRecord {
  const now = wanted.createdAt ?? new Date().toISOString();
  return {
    id,
    owner: wanted.owner,
    name: wanted.name,
    ...(wanted.forkOf && { forkOf: wanted.forkOf }),
    description: wanted.description ?? null,
    homepage: wanted.homepage ?? null,
    defaultBranch: DEFAULT_BRANCH,
    archived: false,
    empty: true,
    topics: [],
    deleteBranchOnMerge: wanted.deleteBranchOnMerge ?? false,
    createdAt: now,
    updatedAt: now,
    pushedAt: now,
    nextNumber: 1,
    protections: {},
    pulls: [],
    hooks: [],
    statuses: {},
  };
}
