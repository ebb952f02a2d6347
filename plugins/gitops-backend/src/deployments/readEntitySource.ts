import {
  ANNOTATION_LOCATION,
  ANNOTATION_SOURCE_LOCATION,
  type Entity,
} from '@backstage/catalog-model';
import { type ApplicationSource } from '../applications/Application';
import {
  isSameRepository,
  parseRepositoryAddress,
  type RepositoryAddress,
} from '../applications/repositoryAddress';

/** Where an entity's code is. */
export interface EntitySource {
  readonly repository: RepositoryAddress;
  /** Folder within the repository; empty for all of it. */
  readonly folder: string;
}

const PROJECT_SLUG = 'github.com/project-slug';

/**
 * Where an entity's code is, by its source location, else by its GitHub
 * project slug.
 */
export function readEntitySource(
  entity: Entity,
  gitHubHost: string,
): EntitySource | undefined {
  const annotations = entity.metadata.annotations ?? {};
  const source = parseSourceAddress(annotations[ANNOTATION_SOURCE_LOCATION]);
  if (source) {
    return source;
  }
  const slug = annotations[PROJECT_SLUG];
  if (!slug || !/^[^/\s]+\/[^/\s]+$/.test(slug)) {
    return undefined;
  }
  // A slug names no host; an entity mostly lives where its code does.
  const host = webAddress(annotations[ANNOTATION_LOCATION])?.host;
  const repository = parseRepositoryAddress(
    `https://${host ?? gitHubHost}/${slug}`,
  );
  return repository && { repository, folder: '' };
}

/** What a location of the catalog points to, where it is in a repository. */
export function parseSourceAddress(
  location: string | undefined,
): EntitySource | undefined {
  const url = webAddress(location);
  return url && parseWebAddress(url);
}

/** Whether an application's source is in a repository, in a folder or below. */
export function isWithinSource(
  { repo, path }: Pick<ApplicationSource, 'repo' | 'path'>,
  { repository, folder }: EntitySource,
): boolean {
  const address = parseRepositoryAddress(repo);
  return (
    address !== undefined &&
    isSameRepository(address, repository) &&
    (folder === '' || path === folder || path.startsWith(`${folder}/`))
  );
}

function webAddress(location: string | undefined): URL | undefined {
  const target = location?.replace(/^url:/, '');
  return target && /^https?:/.test(target) && URL.canParse(target)
    ? new URL(target)
    : undefined;
}

/*
 * How Git hostings address a folder of a branch in their web face:
 *   GitLab               /group/sub/repo/-/tree/<branch>/<folder>
 *   Bitbucket Server     /projects/<project>/repos/<repo>/browse/<folder>
 *   Azure                /<organisation>/<project>/_git/<repo>?path=/<folder>
 *   GitHub, Gitea, Bitbucket Cloud
 *                        /<owner>/<repo>/(tree|blob|src)/<branch>/<folder>
 */
const FOLDER_ADDRESSES: readonly RegExp[] = [
  /^(?<repo>\/.+?)\/-\/(?:tree|blob)\/[^/]+(?<folder>\/.*)?$/,
  /^(?<repo>\/projects\/[^/]+\/repos\/[^/]+)\/browse(?<folder>\/.*)?$/,
  /^(?<repo>\/[^/]+\/[^/]+)\/(?:tree|blob|src\/branch|src)\/[^/]+(?<folder>\/.*)?$/,
];

function parseWebAddress(url: URL): EntitySource | undefined {
  for (const address of FOLDER_ADDRESSES) {
    const { repo, folder = '' } = address.exec(url.pathname)?.groups ?? {};
    if (repo) {
      return toSource(`${url.origin}${repo}`, folder);
    }
  }
  return toSource(
    `${url.origin}${url.pathname}`,
    url.searchParams.get('path') ?? '',
  );
}

function toSource(address: string, folder: string): EntitySource | undefined {
  const repository = parseRepositoryAddress(address);
  const decoded = decode(folder);
  return repository && decoded !== undefined
    ? { repository, folder: decoded.replace(/^\/+|\/+$/g, '') }
    : undefined;
}

function decode(folder: string): string | undefined {
  try {
    return decodeURIComponent(folder);
  } catch {
    return undefined;
  }
}
