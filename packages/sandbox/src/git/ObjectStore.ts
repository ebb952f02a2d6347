import { randomUUID } from 'node:crypto';
import { mkdir, readFile, rename, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { deflate, inflate } from 'node:zlib';
import { CatFile } from './CatFile';
import { type GitObject, framed, nameOf, type ObjectType } from './objects';

const deflated = promisify(deflate);
const inflated = promisify(inflate);

const REMEMBERED_OBJECTS = 4_000;
const REMEMBERED_BYTES = 64 * 1024;

/**
 * The objects of one repository. Loose objects are read and written here,
 * without a process (their format is a header and zlib); packed ones by Git.
 */
export class ObjectStore {
  readonly #folder: string;
  readonly #catFile: CatFile;
  readonly #remembered = new Map<string, GitObject>();

  constructor(repositoryFolder: string) {
    this.#folder = join(repositoryFolder, 'objects');
    this.#catFile = new CatFile(repositoryFolder);
  }

  async read(sha: string): Promise<GitObject | undefined> {
    const known = this.#remembered.get(sha);
    if (known) {
      this.#remember(sha, known);
      return known;
    }
    const object =
      (await this.#readLoose(sha)) ?? (await this.#catFile.read(sha));
    if (object) this.#remember(sha, object);
    return object;
  }

  /** The full name of what a shortened name, or `<name>^{commit}`, stands for. */
  async expand(name: string): Promise<string | undefined> {
    return (await this.#catFile.read(name))?.sha;
  }

  async write(object: GitObject): Promise<string> {
    const bytes = framed(object);
    const sha = nameOf(bytes);
    if (this.#remembered.has(sha)) return sha;
    const path = this.#pathOf(sha);
    if (!(await exists(path))) {
      await mkdir(dirname(path), { recursive: true });
      // Renamed when complete: a reader never sees half an object.
      const temporary = join(this.#folder, `tmp_obj_${randomUUID()}`);
      await writeFile(temporary, await deflated(bytes, { level: 1 }), {
        mode: 0o444,
      });
      await rename(temporary, path);
    }
    this.#remember(sha, object);
    return sha;
  }

  close(): void {
    this.#catFile.close();
  }

  async #readLoose(sha: string): Promise<GitObject | undefined> {
    const compressed = await readFile(this.#pathOf(sha)).catch(() => undefined);
    if (!compressed) return undefined;
    const bytes = await inflated(compressed);
    const end = bytes.indexOf(0);
    const type = bytes.toString('latin1', 0, end).split(' ')[0] as ObjectType;
    return { type, body: bytes.subarray(end + 1) };
  }

  #pathOf(sha: string): string {
    return join(this.#folder, sha.slice(0, 2), sha.slice(2));
  }

  #remember(sha: string, object: GitObject): void {
    if (object.body.length > REMEMBERED_BYTES) return;
    this.#remembered.delete(sha);
    this.#remembered.set(sha, object);
    const oldest = this.#remembered.keys().next();
    if (this.#remembered.size > REMEMBERED_OBJECTS && !oldest.done) {
      this.#remembered.delete(oldest.value);
    }
  }
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}
