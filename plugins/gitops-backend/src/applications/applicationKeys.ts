import { type Application, type ApplicationSource } from './Application';
import { declaredEntity } from './declaredEntity';
import { everySource } from './everySource';
import { parseRepositoryAddress } from './repositoryAddress';

/** So many folders of a path are told apart: a path can be as long as somebody likes. */
const MOST_FOLDERS = 32;

/**
 * What applications are found by: each has the key of everything that it is.
 * What somebody writes may contain anything, so two things can share a key:
 * what is found has to be compared.
 */
export const applicationKey = {
  instance: (instance: string) => `instance ${instance}`,
  namespace: (namespace: string) => `namespace ${namespace}`,
  name: (name: string) => `name ${name}`,
  project: (project: string) => `project ${project}`,
  label: (key: string, value: string) => `label ${key}=${value}`,
  /** Has the label, with any value. */
  labelled: (key: string) => `labelled ${key}`,
  /** Names the entity. */
  entity: (entityRef: string) => `entity ${entityRef.toLowerCase()}`,
  /** Has a source in a repository of this path, on any host. */
  repository: (path: string) => `repository ${path}`,
  /** Has exactly this folder of it for a source. */
  folder: (repository: string, folder: string) =>
    `folder ${repository} ${folder}`,
  /** Has a source in this folder of it or below, and names no entity. */
  below: (repository: string, folder: string) =>
    `below ${repository} ${foldersOf(folder).join('/')}`,
  /**
   * The same of a folder of a branch, in one text, for branches whose name has
   * a slash: nothing tells then where the folder begins.
   */
  belowBranch: (repository: string, branchAndFolder: string) =>
    `branch ${repository} ${foldersOf(branchAndFolder).join('/')}`,
} as const;

/** The keys of everything that an application is. */
export function keysOf(application: Application): string[] {
  const { instance, namespace, name, project, labels } = application;
  const declared = declaredEntity(application);
  const keys = [
    applicationKey.instance(instance),
    applicationKey.namespace(namespace),
    applicationKey.name(name),
    applicationKey.project(project),
    ...Object.entries(labels).flatMap(([key, value]) => [
      applicationKey.labelled(key),
      applicationKey.label(key, value),
    ]),
    ...(declared ? [applicationKey.entity(declared)] : []),
    ...everySource(application).flatMap(source =>
      keysOfSource(source, declared),
    ),
  ];
  return [...new Set(keys)];
}

function keysOfSource(
  { repo, path, targetRevision, isReferenceOnly }: ApplicationSource,
  declared: string | undefined,
): string[] {
  const repository = parseRepositoryAddress(repo)?.path;
  if (repository === undefined) {
    return [];
  }
  return [
    applicationKey.repository(repository),
    ...(isReferenceOnly ? [] : [applicationKey.folder(repository, path)]),
    // Whoever names an entity belongs to that one, wherever the source is.
    ...(declared
      ? []
      : [
          ...aboveAndIn(repository, path),
          ...aboveAndInBranch(repository, path, targetRevision),
        ]),
  ];
}

function aboveAndIn(repository: string, path: string): string[] {
  const folders = foldersOf(path);
  return Array.from({ length: folders.length + 1 }, (_, depth) =>
    applicationKey.below(repository, folders.slice(0, depth).join('/')),
  );
}

function aboveAndInBranch(
  repository: string,
  path: string,
  targetRevision: string,
): string[] {
  const branch = foldersOf(targetRevision.replace(/^refs\/heads\//, ''));
  if (branch.length < 2) {
    return [];
  }
  const folders = [...branch, ...foldersOf(path)];
  return Array.from(
    { length: folders.length - branch.length + 1 },
    (_, depth) =>
      applicationKey.belowBranch(
        repository,
        folders.slice(0, branch.length + depth).join('/'),
      ),
  );
}

function foldersOf(path: string): string[] {
  return path.split('/', MOST_FOLDERS).filter(Boolean);
}
