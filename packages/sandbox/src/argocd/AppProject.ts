import { isClusterScoped, type KubeObject, refOf } from '../cluster/KubeObject';
import { type Application, type Destination, sourceOf } from './Application';
import { matchesGlob, matchesUrlGlob } from './matchesGlob';

export interface AppProject extends KubeObject {
  spec: {
    description?: string;
    sourceRepos?: string[];
    destinations?: Destination[];
    clusterResourceWhitelist?: GroupKind[];
    clusterResourceBlacklist?: GroupKind[];
    namespaceResourceWhitelist?: GroupKind[];
    namespaceResourceBlacklist?: GroupKind[];
    syncWindows?: unknown[];
    [field: string]: unknown;
  };
}

interface GroupKind {
  group: string;
  kind: string;
}

interface NamedCluster {
  name: string;
  server: string;
}

/** Why a project refuses an application as a whole, in Argo CD's words; empty if it does not. */
export function specErrors(
  application: Application,
  project: AppProject,
  cluster: NamedCluster,
): string[] {
  const name = project.metadata.name;
  const { repoURL, path, chart } = sourceOf(application);
  if (!repoURL || (!path && !chart)) {
    return [
      'spec.source.repoURL and either spec.source.path or spec.source.chart are required',
    ];
  }
  const { namespace = '', name: byName } = application.spec.destination;
  const errors: string[] = [];
  if (!permits(project.spec.sourceRepos ?? [], repoURL, matchesUrlGlob)) {
    errors.push(
      `application repo ${repoURL} is not permitted in project '${name}'`,
    );
  }
  if (!isDestinationPermitted(project, cluster, namespace)) {
    const server = byName ? cluster.name : cluster.server;
    errors.push(
      `application destination server '${server}' and namespace '${namespace}' do not match any of the allowed destinations in project '${name}'`,
    );
  }
  return errors;
}

/** Why a project refuses one resource at sync, in Argo CD's words. */
export function resourceError(
  object: KubeObject,
  project: AppProject,
  cluster: NamedCluster,
): string | undefined {
  const { group, kind, namespace } = refOf(object);
  if (!isKindPermitted(object, project)) {
    return `resource ${group}:${kind} is not permitted in project ${project.metadata.name}`;
  }
  if (
    !isClusterScoped(kind) &&
    !isDestinationPermitted(project, cluster, namespace)
  ) {
    return `namespace ${namespace} is not permitted in project '${project.metadata.name}'`;
  }
  return undefined;
}

export function isKindPermitted(
  object: KubeObject,
  project: AppProject,
): boolean {
  const { group, kind } = refOf(object);
  const listed = (list: GroupKind[] | undefined) =>
    list?.some(
      entry => matchesGlob(entry.group, group) && matchesGlob(entry.kind, kind),
    );
  const { spec } = project;
  return isClusterScoped(kind)
    ? !!listed(spec.clusterResourceWhitelist) &&
        !listed(spec.clusterResourceBlacklist)
    : (!spec.namespaceResourceWhitelist ||
        !!listed(spec.namespaceResourceWhitelist)) &&
        !listed(spec.namespaceResourceBlacklist);
}

function isDestinationPermitted(
  project: AppProject,
  cluster: NamedCluster,
  namespace: string,
): boolean {
  const matches = ({ server, name, namespace: allowed }: Destination) =>
    ((!!server && matchesGlob(server.replace(/^!/, ''), cluster.server)) ||
      (!!name && matchesGlob(name.replace(/^!/, ''), cluster.name))) &&
    matchesGlob((allowed ?? '').replace(/^!/, ''), namespace);
  const denies = (entry: Destination) =>
    [entry.server, entry.name, entry.namespace].some(value =>
      value?.startsWith('!'),
    );
  const all = project.spec.destinations ?? [];
  return (
    all.filter(entry => !denies(entry)).some(matches) &&
    !all.filter(denies).some(matches)
  );
}

/** A list of globs where an entry with `!` takes away what others allow. */
function permits(
  globs: readonly string[],
  value: string,
  matches: (glob: string, value: string) => boolean,
): boolean {
  return (
    globs.some(glob => !glob.startsWith('!') && matches(glob, value)) &&
    !globs.some(glob => glob.startsWith('!') && matches(glob.slice(1), value))
  );
}
