import { type HostedRepository, fullNameOf } from '../Repositories';
import { type Site } from '../Site';
import { type UserRecord } from '../records';

/** What a page is made of, besides its own content. */
export interface View {
  readonly site: Site;
  readonly url: URL;
  /** Whom the visitor has chosen to be; undefined until then. */
  readonly chosen: UserRecord | undefined;
}

/** A page of a repository. */
export interface RepositoryView extends View {
  readonly repository: HostedRepository;
  /** What follows the repository's name and the kind of page. */
  readonly rest: string;
}

/** Whom the visitor acts as: the chosen person, else the first who is not the author. */
export function actorOf(
  { site, chosen }: View,
  author?: string,
): UserRecord | undefined {
  const people = site.accounts.people();
  return chosen ?? people.find(({ login }) => login !== author) ?? people[0];
}

/** A path of the repository's pages, encoded. */
export function pathTo(
  { repository }: RepositoryView,
  ...parts: readonly string[]
): string {
  const encoded = parts
    .filter(Boolean)
    .flatMap(part => part.split('/'))
    .map(encodeURIComponent);
  return ['', fullNameOf(repository.record), ...encoded].join('/');
}

/** A revision and the path behind it; branches may contain slashes. */
export async function splitRevision({
  repository,
  rest,
}: RepositoryView): Promise<{ ref: string; path: string; commit?: string }> {
  const { git, record } = repository;
  const parts = rest.split('/').filter(Boolean);
  if (parts.length === 0) parts.push(record.defaultBranch);
  for (let length = parts.length; length > 0; length -= 1) {
    const name = parts.slice(0, length).join('/');
    const ref = name === 'HEAD' ? record.defaultBranch : name;
    const commit = await git.resolve(ref);
    if (commit) return { ref, path: parts.slice(length).join('/'), commit };
  }
  return { ref: parts[0] ?? '', path: parts.slice(1).join('/') };
}
