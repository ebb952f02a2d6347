import { InputError } from '@backstage/errors';
import { type BranchHead } from './GitHosting';
import { type GithubCalls } from './GithubCalls';
import { RepositoryRefusedError } from './errors';

const REMEMBERED_FILES = 2_000;

/**
 * A repository's branches and files. A file at a commit never changes, so it is
 * read once.
 */
export class GithubFiles {
  readonly #calls: GithubCalls;
  readonly #texts = new Map<string, string | null>();

  constructor(calls: GithubCalls) {
    this.#calls = calls;
  }

  async head(branch: string): Promise<BranchHead> {
    const { slug, at } = this.#calls;
    const { data, refused } = await this.#calls.attempt(
      `reading ${branch} of ${slug}`,
      { expected: [404] },
      rest => rest.repos.getBranch({ ...at, branch }),
    );
    if (refused) {
      throw new RepositoryRefusedError(
        'empty',
        `${slug} has no branch ${branch}, or the portal's account cannot see the repository. Push a first commit to it, or give the account access.`,
      );
    }
    return { sha: data.commit.sha, tree: data.commit.commit.tree.sha };
  }

  async read(
    commit: string,
    paths: readonly string[],
  ): Promise<Record<string, string | null>> {
    const entries = await Promise.all(
      paths.map(async path => [path, await this.#text(commit, path)] as const),
    );
    return Object.fromEntries(entries);
  }

  /** What a commit of our own holds, so that it need not be read. */
  remember(
    commit: string,
    texts: Readonly<Record<string, string | null>>,
  ): void {
    for (const [path, text] of Object.entries(texts)) {
      this.#keep(`${commit}:${path}`, text);
    }
  }

  async #text(commit: string, path: string): Promise<string | null> {
    const key = `${commit}:${path}`;
    const known = this.#texts.get(key);
    if (known !== undefined) {
      return known;
    }
    const text = await this.#fetchText(commit, path);
    this.#keep(key, text);
    return text;
  }

  async #fetchText(commit: string, path: string): Promise<string | null> {
    const { slug, at } = this.#calls;
    const doing = `reading ${path} of ${slug}`;
    const { data, refused } = await this.#calls.attempt(
      doing,
      { expected: [404] },
      rest => rest.repos.getContent({ ...at, path, ref: commit }),
    );
    if (refused) {
      return null;
    }
    if (Array.isArray(data) || data.type !== 'file') {
      throw new InputError(
        `${path} of ${slug} is not a file; correct the configured path`,
      );
    }
    // Files of more than a megabyte come without their content.
    const { content } =
      'encoding' in data && data.encoding === 'base64'
        ? data
        : await this.#calls.ask(doing, rest =>
            rest.git.getBlob({ ...at, file_sha: data.sha }),
          );
    const bytes = Buffer.from(content, 'base64');
    const text = bytes.toString('utf8');
    if (!Buffer.from(text).equals(bytes)) {
      throw new InputError(
        `${path} of ${slug} is not UTF-8, so that writing it back would change it. Convert it first.`,
      );
    }
    return text;
  }

  #keep(key: string, text: string | null): void {
    this.#texts.set(key, text);
    const [oldest] = this.#texts.keys();
    if (this.#texts.size > REMEMBERED_FILES && oldest !== undefined) {
      this.#texts.delete(oldest);
    }
  }
}
