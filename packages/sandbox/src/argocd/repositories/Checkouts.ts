import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { type Repositories } from './Repositories';
import { runGit } from './git';

const KEEP_MS = 10_000;

interface Checkout {
  folder: Promise<string>;
  users: number;
  timer?: NodeJS.Timeout;
}

/** Files of commits on disk, for as long as somebody builds from them and a little longer. */
export class Checkouts {
  readonly #folder: string;
  readonly #repositories: Repositories;
  readonly #open = new Map<string, Checkout>();

  constructor(folder: string, repositories: Repositories) {
    this.#folder = folder;
    this.#repositories = repositories;
  }

  async use<T>(
    commit: { url: string; sha: string },
    task: (folder: string) => Promise<T>,
  ): Promise<T> {
    const key = `${commit.url}#${commit.sha}`;
    const checkout = this.#open.get(key) ?? {
      folder: this.#extract(commit.url, commit.sha),
      users: 0,
    };
    this.#open.set(key, checkout);
    checkout.users += 1;
    clearTimeout(checkout.timer);
    try {
      return await task(await checkout.folder);
    } finally {
      checkout.users -= 1;
      this.#closeLater(key, checkout);
    }
  }

  /** Removes what is left, also of an earlier run. */
  async clear(): Promise<void> {
    for (const { timer } of this.#open.values()) clearTimeout(timer);
    this.#open.clear();
    await rm(this.#folder, { recursive: true, force: true });
  }

  #closeLater(key: string, checkout: Checkout): void {
    if (checkout.users > 0) return;
    checkout.timer = setTimeout(() => {
      if (this.#open.get(key) === checkout) this.#open.delete(key);
      checkout.folder
        .then(folder => rm(folder, { recursive: true, force: true }))
        .catch(() => undefined);
    }, KEEP_MS).unref();
  }

  async #extract(url: string, sha: string): Promise<string> {
    const mirror = await this.#repositories.mirrorWith(url, sha);
    await mkdir(this.#folder, { recursive: true });
    const folder = await mkdtemp(join(this.#folder, `${sha.slice(0, 12)}-`));
    const index = { GIT_INDEX_FILE: join(folder, '.git-index') };
    await runGit(['--git-dir', mirror, 'read-tree', sha], index);
    const into = ['--git-dir', mirror, '--work-tree', folder];
    await runGit([...into, 'checkout-index', '-a', '-f'], index);
    return folder;
  }
}
