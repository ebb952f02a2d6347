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
import { parseWebAddress } from './parseWebAddress';

/** Where an entity's code is. */
export interface EntitySource {
  readonly repository: RepositoryAddress;
  /** Folder within the repository; empty for all of it. */
  readonly folder: string;
  /** Branch and folder, where nothing says where the one ends. */
  readonly refAndFolder?: string;
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
  const url = webAddress(annotations[ANNOTATION_SOURCE_LOCATION]);
  const place = url && parseWebAddress(url);
  if (place) {
    const { repository, path, refAndPath } = place;
    return {
      repository,
      folder: path,
      ...(refAndPath && { refAndFolder: refAndPath }),
    };
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

/** The web address that a location of the catalog is, where it is one. */
export function webAddress(location: string | undefined): URL | undefined {
  const target = location?.replace(/^url:/, '');
  return target && /^https?:/.test(target) && URL.canParse(target)
    ? new URL(target)
    : undefined;
}

/**
 * Whether an application's source is in a repository, in a folder or below.
 *
 * @param source - where an address does not say where the branch ends and the
 * folder begins, the branch that this one follows tells.
 */
export function isWithinSource(
  source: Pick<ApplicationSource, 'repo' | 'path'> &
    Partial<Pick<ApplicationSource, 'targetRevision'>>,
  { repository, folder, refAndFolder }: EntitySource,
): boolean {
  const { repo, path, targetRevision } = source;
  const address = parseRepositoryAddress(repo);
  if (!address || !isSameRepository(address, repository)) {
    return false;
  }
  const known =
    refAndFolder && targetRevision
      ? withoutRef(refAndFolder, targetRevision)
      : undefined;
  return isWithin(path, known ?? folder);
}

/** Nothing where it is another branch's. */
function withoutRef(
  refAndFolder: string,
  targetRevision: string,
): string | undefined {
  const branch = targetRevision.replace(/^refs\/heads\//, '');
  return `${refAndFolder}/`.startsWith(`${branch}/`)
    ? refAndFolder.slice(branch.length + 1)
    : undefined;
}

function isWithin(path: string, folder: string): boolean {
  return folder === '' || path === folder || path.startsWith(`${folder}/`);
}
