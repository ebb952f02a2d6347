import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { isError, NotFoundError } from '@backstage/errors';
import { runGit } from './git';

const FULL_SHA = /^[0-9a-f]{40}$/;
const CONNECTION_MS = 60_000;

interface RevisionMetadata {
  author: string;
  date: string;
  message: string;
  tags?: string[];
}

/** `connectionState` of a repository. */
interface RepositoryConnection {
  readonly status: 'Successful' | 'Failed';
  readonly message: string;
}

interface Look {
  at: number;
  refs: ReadonlyMap<string, string>;
}

/** Read-only mirrors of the Git repositories that applications name. */
export class Repositories {
  readonly #folder: string;
  readonly #environment: Record<string, string>;
  readonly #looks = new Map<string, Look>();
  readonly #asking = new Map<string, Promise<Look>>();
  readonly #fetching = new Map<string, Promise<unknown>>();

  constructor(folder: string, environment: Record<string, string>) {
    this.#folder = folder;
    this.#environment = environment;
  }

  /**
   * The commit that a branch, tag or SHA means now.
   *
   * @param maxAgeMs - how old an earlier look may be that is used instead; 0 asks the repository
   * @throws NotFoundError for an unknown revision, ServiceUnavailableError where Git failed.
   */
  async resolve(
    url: string,
    revision: string,
    maxAgeMs: number,
  ): Promise<string> {
    if (FULL_SHA.test(revision)) return revision;
    const { refs } = await this.#look(url, maxAgeMs);
    const name = revision || 'HEAD';
    const sha =
      refs.get(name) ??
      refs.get(`refs/heads/${name}`) ??
      refs.get(`refs/tags/${name}^{}`) ??
      refs.get(`refs/tags/${name}`);
    if (!sha) {
      throw new NotFoundError(`unable to resolve '${name}' to a commit SHA`);
    }
    return sha;
  }

  /** Whether the repository answers, as at most a minute ago. */
  async connection(url: string): Promise<RepositoryConnection> {
    try {
      await this.resolve(url, 'HEAD', CONNECTION_MS);
      return { status: 'Successful', message: '' };
    } catch (error) {
      const reason = isError(error) ? error.message : String(error);
      return { status: 'Failed', message: reason };
    }
  }

  /** The bare mirror's folder, sure to hold this commit. */
  async mirrorWith(url: string, sha: string): Promise<string> {
    const mirror = this.#mirror(url);
    // Twice: a fetch that was under way may have begun before the commit was there.
    for (let tries = 0; tries < 2; tries++) {
      if (await this.#has(mirror, sha)) return mirror;
      await this.#fetch(url, mirror);
    }
    if (await this.#has(mirror, sha)) return mirror;
    throw new NotFoundError(`failed to find commit ${sha} in ${url}`);
  }

  async treeOf(url: string, sha: string): Promise<string> {
    const text = await this.#git(url, sha, ['rev-parse', `${sha}^{tree}`]);
    return text.trim();
  }

  /** A file at a commit; undefined where there is none. */
  async readFile(
    url: string,
    sha: string,
    path: string,
  ): Promise<string | undefined> {
    const listed = await this.#git(url, sha, ['ls-tree', sha, '--', path]);
    if (!/^\d+ blob /.test(listed)) return undefined;
    return this.#git(url, sha, ['show', `${sha}:${path}`]);
  }

  async metadata(url: string, sha: string): Promise<RevisionMetadata> {
    const format = ['%an <%ae>', '%aI', '%B'].join('%x00');
    const text = await this.#git(url, sha, [
      'show',
      '-s',
      `--format=${format}`,
      sha,
    ]);
    const [author = '', date = '', message = ''] = text.split('\0');
    const tags = await this.#git(url, sha, ['tag', '--points-at', sha]);
    const names = tags.split('\n').filter(tag => tag !== '');
    return {
      author,
      date: `${new Date(date).toISOString().slice(0, 19)}Z`,
      ...(names.length ? { tags: names } : {}),
      message: message.trim(),
    };
  }

  /** Two who ask at once share one look, but never one that began before they asked. */
  #look(url: string, maxAgeMs: number): Promise<Look> {
    const known = this.#looks.get(url);
    if (known && Date.now() - known.at < maxAgeMs) {
      return Promise.resolve(known);
    }
    const running = this.#asking.get(url);
    const next = `${url}#next`;
    if (!running) return this.#track(url, this.#ask(url));
    const queued = this.#asking.get(next);
    if (queued) return queued;
    const after = running.then(
      () => this.#startQueued(url),
      () => this.#startQueued(url),
    );
    this.#asking.set(next, after);
    return after;
  }

  #startQueued(url: string): Promise<Look> {
    this.#asking.delete(`${url}#next`);
    return this.#track(url, this.#ask(url));
  }

  #track(url: string, look: Promise<Look>): Promise<Look> {
    this.#asking.set(url, look);
    const done = () => {
      if (this.#asking.get(url) === look) this.#asking.delete(url);
    };
    look.then(done, done);
    return look;
  }

  async #ask(url: string): Promise<Look> {
    const text = await runGit(['ls-remote', url], this.#environment);
    const refs = new Map(
      text
        .split('\n')
        .map(line => line.split('\t'))
        .flatMap(([sha, ref]) => (sha && ref ? [[ref, sha] as const] : [])),
    );
    const look = { at: Date.now(), refs };
    this.#looks.set(url, look);
    return look;
  }

  async #git(url: string, sha: string, args: string[]): Promise<string> {
    const mirror = await this.mirrorWith(url, sha);
    return runGit(['--git-dir', mirror, ...args], this.#environment);
  }

  async #has(mirror: string, sha: string): Promise<boolean> {
    if (!existsSync(join(mirror, 'HEAD'))) return false;
    const args = ['--git-dir', mirror, 'cat-file', '-e', `${sha}^{commit}`];
    return runGit(args, this.#environment).then(
      () => true,
      () => false,
    );
  }

  async #fetch(url: string, mirror: string): Promise<void> {
    const running = this.#fetching.get(url);
    if (running) await running.catch(() => undefined);
    else {
      const fetch = this.#fetchNow(url, mirror).finally(() =>
        this.#fetching.delete(url),
      );
      this.#fetching.set(url, fetch);
      await fetch;
    }
  }

  async #fetchNow(url: string, mirror: string): Promise<void> {
    if (!existsSync(join(mirror, 'HEAD'))) {
      await runGit(['init', '-q', '--bare', mirror], this.#environment);
    }
    await runGit(
      [
        ...['--git-dir', mirror, '-c', 'gc.auto=0', 'fetch', '-q', '--prune'],
        ...['--no-write-fetch-head', url, '+refs/*:refs/*'],
      ],
      this.#environment,
    );
  }

  #mirror(url: string): string {
    const name = createHash('sha256').update(url).digest('hex').slice(0, 16);
    return join(this.#folder, `${name}.git`);
  }
}
