import {
  mkdir,
  readFile,
  readdir,
  rename,
  rmdir,
  unlink,
  writeFile,
} from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { ConflictError, InputError } from '@backstage/errors';
import { runGit } from './runGit';

/** A name such as `refs/heads/main` and what it points to. */
export interface Ref {
  readonly name: string;
  readonly sha: string;
}

/** A move of a ref; undefined stands for its absence. */
interface RefMove {
  readonly name: string;
  readonly from: string | undefined;
  readonly to: string;
}

const SHA = /^[0-9a-f]{40}$/;
const LOCK_ATTEMPTS = 100;
const LOCK_PAUSE_MS = 10;

/** The refs of one repository, kept as files and locked as Git locks them. */
export class Refs {
  readonly #folder: string;

  constructor(repositoryFolder: string) {
    this.#folder = repositoryFolder;
  }

  async read(name: string): Promise<string | undefined> {
    if (!isRefName(name)) return undefined;
    return (
      (await this.#readLoose(name)) ??
      (await this.#packed()).find(ref => ref.name === name)?.sha
    );
  }

  /** All refs whose name begins with the prefix (ending in a slash), by name. */
  async list(prefix: string): Promise<Ref[]> {
    const found = new Map<string, string>();
    for (const { name, sha } of await this.#packed()) {
      if (name.startsWith(prefix)) found.set(name, sha);
    }
    const folder = join(this.#folder, prefix);
    const files = await readdir(folder, {
      recursive: true,
      withFileTypes: true,
    }).catch(() => []);
    for (const file of files) {
      const name = join(file.parentPath, file.name)
        .slice(this.#folder.length + 1)
        .replaceAll('\\', '/');
      const sha = file.isFile() ? await this.#readLoose(name) : undefined;
      if (sha) found.set(name, sha);
    }
    return [...found]
      .map(([name, sha]) => ({ name, sha }))
      .sort((a, b) => (a.name < b.name ? -1 : 1));
  }

  /**
   * Moves the ref if it still points to where the caller thinks.
   *
   * @throws ConflictError when it does not, or when its name collides with another ref's.
   */
  async move({ name, from, to }: RefMove): Promise<void> {
    if (!isRefName(name)) {
      throw new InputError(`${name} is not a name for a ref`);
    }
    const path = join(this.#folder, name);
    const lock = `${path}.lock`;
    await createLock(lock, to);
    try {
      if ((await this.read(name)) !== from) {
        throw new ConflictError(`${name} has moved`);
      }
      await renameOver(lock, path);
    } catch (error) {
      await unlink(lock).catch(() => undefined);
      throw error;
    }
  }

  async remove(name: string, from: string): Promise<void> {
    const args = ['update-ref', '-d', name, from];
    await runGit({ folder: this.#folder, args });
  }

  async #readLoose(name: string): Promise<string | undefined> {
    const text = await readFile(join(this.#folder, name), 'utf8').catch(
      () => '',
    );
    const sha = text.trim();
    return SHA.test(sha) ? sha : undefined;
  }

  async #packed(): Promise<Ref[]> {
    const file = join(this.#folder, 'packed-refs');
    const text = await readFile(file, 'utf8').catch(() => '');
    return [...text.matchAll(/^([0-9a-f]{40}) (\S+)$/gm)].map(match => ({
      sha: match[1] ?? '',
      name: match[2] ?? '',
    }));
  }
}

/** Git's own rules for names: `git help check-ref-format`. */
export function isRefName(name: string): boolean {
  return (
    name.startsWith('refs/') &&
    name.split('/').length >= 3 &&
    // eslint-disable-next-line no-control-regex
    !/[\x00-\x20\x7f~^:?*[\\]|\.\.|@\{|\/\/|\/$|\.$/.test(name) &&
    name.split('/').every(part => !/^\.|\.lock$|^$/.test(part))
  );
}

async function createLock(lock: string, content: string): Promise<void> {
  for (let attempt = 0; attempt < LOCK_ATTEMPTS; attempt += 1) {
    try {
      await mkdir(dirname(lock), { recursive: true });
      await writeFile(lock, `${content}\n`, { flag: 'wx' });
      return;
    } catch (error) {
      if (codeOf(error) !== 'EEXIST' || !isFileExists(error, lock)) {
        throw new ConflictError('A ref of a shorter name is in the way');
      }
      await pause(LOCK_PAUSE_MS);
    }
  }
  throw new ConflictError('The ref is locked');
}

async function renameOver(lock: string, path: string): Promise<void> {
  try {
    await rename(lock, path);
  } catch (error) {
    if (codeOf(error) !== 'EISDIR') throw error;
    // A folder left by a branch of a longer name; only an empty one goes.
    await rmdir(path).catch(() => {
      throw new ConflictError('A ref of a longer name is in the way');
    });
    await rename(lock, path);
  }
}

function isFileExists(error: unknown, path: string): boolean {
  return (error as NodeJS.ErrnoException).path === path;
}

function codeOf(error: unknown): string | undefined {
  return (error as NodeJS.ErrnoException).code;
}
