import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  isError,
  NotFoundError,
  ServiceUnavailableError,
} from '@backstage/errors';
import { type KubeObject } from '../../cluster/KubeObject';
import { type Kustomize } from '../../kustomize/Kustomize';
import { parseManifests } from '../../kustomize/parseManifests';
import {
  hasFloatingBase,
  readKustomization,
} from '../../kustomize/remoteBases';
import { type ApplicationSource } from '../Application';
import { type Checkouts } from './Checkouts';
import { type Repositories } from './Repositories';
import { withKustomizeOptions } from './withKustomizeOptions';

export interface Rendered {
  manifests: KubeObject[];
  revision: string;
  sourceType: 'Kustomize' | 'Directory';
}

/** What one application wants at one revision, as Argo CD's repo server answers it. */
export class Manifests {
  readonly #cache = new Map<string, Promise<Rendered>>();
  readonly #repositories: Repositories;
  readonly #checkouts: Checkouts;
  readonly #kustomize: Kustomize;
  readonly #folder: string;

  constructor(parts: {
    repositories: Repositories;
    checkouts: Checkouts;
    kustomize: Kustomize;
    /** Where rendered text is kept over restarts. */
    folder: string;
  }) {
    this.#repositories = parts.repositories;
    this.#checkouts = parts.checkouts;
    this.#kustomize = parts.kustomize;
    this.#folder = parts.folder;
  }

  /**
   * Renders a source at a commit. As in Argo CD the answer is remembered by the
   * commit, so that a remote base that moved is not noticed without `hard`.
   *
   * @throws ServiceUnavailableError in the words of Argo CD's conditions.
   */
  async render(
    source: ApplicationSource,
    revision: string,
    hard: boolean,
  ): Promise<Rendered> {
    const { repoURL, path, kustomize } = source;
    const key = JSON.stringify([repoURL, revision, path, kustomize]);
    if (hard) this.#cache.delete(key);
    const known = this.#cache.get(key);
    if (known) return known;
    const rendering = this.#render(source, revision);
    this.#cache.set(key, rendering);
    rendering.catch(() => this.#cache.delete(key));
    this.#forgetOldest();
    return rendering;
  }

  async #render(source: ApplicationSource, sha: string): Promise<Rendered> {
    const tree = await this.#repositories.treeOf(source.repoURL, sha);
    const options = JSON.stringify([source.path, source.kustomize ?? null]);
    const name = createHash('sha256').update(`${tree}${options}`).digest('hex');
    const file = join(this.#folder, `${name}.yaml`);
    const kept = await readFile(file, 'utf8').catch(() => undefined);
    if (kept !== undefined) return this.#parsed(kept, sha, 'Kustomize');
    return this.#checkouts.use({ url: source.repoURL, sha }, folder =>
      this.#build(folder, { source, sha, file }),
    );
  }

  async #build(
    folder: string,
    job: { source: ApplicationSource; sha: string; file: string },
  ): Promise<Rendered> {
    const path = job.source.path ?? '.';
    const inside = join(folder, path);
    const found = await stat(inside).catch(() => undefined);
    if (!found?.isDirectory()) {
      throw new NotFoundError(`${path}: app path does not exist`);
    }
    if ((await readKustomization(inside)) === undefined) {
      return this.#parsed(await readFolder(inside), job.sha, 'Directory');
    }
    const text = await this.#kustomizeBuild(folder, inside, job.source);
    if (!(await hasFloatingBase(inside))) {
      await mkdir(this.#folder, { recursive: true });
      await writeFile(job.file, text);
    }
    return this.#parsed(text, job.sha, 'Kustomize');
  }

  async #kustomizeBuild(
    folder: string,
    inside: string,
    source: ApplicationSource,
  ): Promise<string> {
    try {
      return await withKustomizeOptions(inside, source.kustomize, target =>
        this.#kustomize.build(target),
      );
    } catch (error) {
      const reason = isError(error) ? error.message : String(error);
      const where = `<path to cached source>/${source.path ?? ''}`;
      throw new ServiceUnavailableError(
        `\`kustomize build ${where}\` failed exit status 1: ${reason.replaceAll(
          folder,
          '<path to cached source>',
        )}`,
      );
    }
  }

  #parsed(
    text: string,
    revision: string,
    sourceType: Rendered['sourceType'],
  ): Rendered {
    return { manifests: parseManifests(text), revision, sourceType };
  }

  #forgetOldest(): void {
    if (this.#cache.size <= 500) return;
    const [oldest] = this.#cache.keys();
    if (oldest !== undefined) this.#cache.delete(oldest);
  }
}

/** Every manifest of a folder that is no kustomization, without its subfolders. */
async function readFolder(folder: string): Promise<string> {
  const names = (await readdir(folder)).filter(name =>
    /\.(ya?ml|json)$/.test(name),
  );
  const texts = await Promise.all(
    names.sort().map(name => readFile(join(folder, name), 'utf8')),
  );
  return texts.join('\n---\n');
}
