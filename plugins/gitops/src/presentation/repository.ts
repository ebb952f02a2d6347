import { type Entity } from '@backstage/catalog-model';

/** A service's repository: its web address, and its name as people say it. */
interface RepositoryLink {
  readonly url: string;
  readonly name: string;
}

// What follows the repository in addresses of GitHub, GitLab and Bitbucket.
const INSIDE = /\/(?:-\/|tree\/|blob\/|src\/).*$/;

/** The repository that the entity's source location points to, if it has one on the web. */
export function repositoryOf(entity: Entity): RepositoryLink | undefined {
  const location =
    entity.metadata.annotations?.['backstage.io/source-location'];
  const address = location?.match(/^url:(https?:\/\/.+)$/)?.[1];
  if (!address || !URL.canParse(address)) {
    return undefined;
  }
  const url = address
    .replace(INSIDE, '')
    .replace(/\/+$/, '')
    .replace(/\.git$/, '');
  return { url, name: repositoryName(url) };
}

/** What people call the repository at a web address: `acme/cart`. */
export function repositoryName(url: string): string {
  return new URL(url).pathname.slice(1);
}
