import { type GithubCalls } from './GithubCalls';

/** What a commit says of itself. */
export interface CommitFacts {
  readonly message: string;
  readonly parents: number;
  /** Whose change it is, and since when. */
  readonly author: Signature;
  /** Who made it again last, for example by a rebase. */
  readonly committer: Signature;
}

interface Signature {
  readonly email: string;
  readonly date: string;
}

/** What a commit has that a branch has not. */
interface Comparison {
  /** The commit that both come from. */
  readonly start: string;
  /** Git's object of each changed file; `null` where it is removed. */
  readonly files: ReadonlyMap<string, string | null>;
}

const REMEMBERED_COMMITS = 500;

/**
 * A repository's commits. A commit never changes, so it is read once.
 */
export class GithubCommits {
  readonly #calls: GithubCalls;
  readonly #facts = new Map<string, CommitFacts>();

  constructor(calls: GithubCalls) {
    this.#calls = calls;
  }

  async read(sha: string): Promise<CommitFacts> {
    const facts = this.#facts.get(sha) ?? (await this.#fetch(sha));
    this.#facts.set(sha, facts);
    const [oldest] = this.#facts.keys();
    if (this.#facts.size > REMEMBERED_COMMITS && oldest !== undefined) {
      this.#facts.delete(oldest);
    }
    return facts;
  }

  /** Absent where the two have nothing in common. */
  async compare(base: string, head: string): Promise<Comparison | undefined> {
    const { slug, at } = this.#calls;
    const { data } = await this.#calls.attempt(
      `comparing ${head} with ${base} of ${slug}`,
      { expected: [404] },
      rest =>
        rest.repos.compareCommitsWithBasehead({
          ...at,
          basehead: `${base}...${head}`,
        }),
    );
    return (
      data && {
        start: data.merge_base_commit.sha,
        files: new Map(
          (data.files ?? []).flatMap(file => [
            ...(file.previous_filename && file.status === 'renamed'
              ? [[file.previous_filename, null] as const]
              : []),
            [file.filename, file.status === 'removed' ? null : file.sha],
          ]),
        ),
      }
    );
  }

  async #fetch(sha: string): Promise<CommitFacts> {
    const { slug, at } = this.#calls;
    const { message, parents, author, committer } = await this.#calls.ask(
      `reading a commit of ${slug}`,
      rest => rest.git.getCommit({ ...at, commit_sha: sha }),
    );
    return {
      message,
      parents: parents.length,
      author,
      committer,
    };
  }
}
