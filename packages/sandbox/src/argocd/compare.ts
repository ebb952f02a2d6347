import { type Cluster } from '../cluster/Cluster';
import {
  isClusterScoped,
  keyOf,
  type KubeObject,
  refOf,
  versionOf,
} from '../cluster/KubeObject';
import { withoutBookkeeping } from '../cluster/mergeManifest';
import { sameJson } from '../cluster/sameJson';
import { type AppProject, isKindPermitted } from './AppProject';
import {
  type Application,
  type HealthCode,
  type ResourceStatus,
  type SyncCode,
} from './Application';
import { hasHealth, healthOf, worstHealth } from './healthOf';
import { isHook } from './hooks';
import {
  isSelfTracked,
  trackedManifest,
  trackingApplication,
} from './tracking';

/** One resource of an application as Git wants it and as it is. */
export interface ManagedResource {
  target?: KubeObject;
  live?: KubeObject;
  modified: boolean;
  status: ResourceStatus;
}

export interface Comparison {
  resources: ManagedResource[];
  sync: SyncCode;
  health: HealthCode;
  images: string[];
  /** Targets without the namespace they need, in Argo CD's words. */
  specErrors: string[];
  /** Live objects that another application also claims, in Argo CD's words. */
  sharedWarnings: string[];
}

/**
 * Compares what an application wants with what its cluster has.
 *
 * @param manifests - undefined where they could not be loaded: then nothing can be said about sync
 */
export function compare(
  application: Application,
  manifests: readonly KubeObject[] | undefined,
  world: { cluster: Cluster; project: AppProject },
): Comparison {
  const targets = (manifests ?? [])
    .filter(manifest => !isHook(manifest))
    .map(manifest => trackedManifest(manifest, application));
  const resources = pair(application, targets, world.cluster).map(found =>
    manage(application, found, { ...world, loaded: manifests !== undefined }),
  );
  return {
    resources,
    sync: manifests ? syncOf(resources) : 'Unknown',
    health: aggregateHealth(resources),
    images: imagesOf(resources, world.cluster),
    specErrors: targets.flatMap(missingNamespace),
    sharedWarnings: resources.flatMap(({ target, live }) =>
      target && live ? sharedWarning(application, live) : [],
    ),
  };
}

/** The objects an application would prune if Git wanted nothing. */
export function managedObjects(
  application: Application,
  cluster: Cluster,
): KubeObject[] {
  return cluster.list(
    object =>
      trackingApplication(object) === application.metadata.name &&
      isSelfTracked(object, application),
  );
}

function pair(
  application: Application,
  targets: readonly KubeObject[],
  cluster: Cluster,
): { target?: KubeObject; live?: KubeObject }[] {
  const byKey = new Map(
    targets.map(target => [keyOf(refOf(target)), target] as const),
  );
  const extra = managedObjects(application, cluster).filter(
    live => !byKey.has(keyOf(refOf(live))),
  );
  return [
    ...[...byKey.values()].map(target => ({
      target,
      live: cluster.get(refOf(target)),
    })),
    ...extra.map(live => ({ live })),
  ].sort((a, b) => (sortKey(a) < sortKey(b) ? -1 : 1));
}

function sortKey(found: { target?: KubeObject; live?: KubeObject }): string {
  const object = found.target ?? found.live;
  return object ? keyOf(refOf(object)) : '';
}

function manage(
  application: Application,
  { target, live }: { target?: KubeObject; live?: KubeObject },
  world: { cluster: Cluster; project: AppProject; loaded: boolean },
): ManagedResource {
  const object = (live ?? target) as KubeObject;
  if (isHook(object)) return hookOf(object);
  const modified = !target || !live || isModified(target, live, world.cluster);
  const unknown = !world.loaded || !isKindPermitted(object, world.project);
  // As in Argo CD also while manifests can't be loaded: then nothing has a target.
  const requiresPruning = !target && isSelfTracked(object, application);
  const syncWave = waveOf(target);
  return {
    target,
    live,
    modified,
    status: {
      ...identityOf(object),
      status: statusCode(unknown, modified),
      ...(requiresPruning ? { requiresPruning } : {}),
      ...(syncWave ? { syncWave } : {}),
    },
  };
}

/** What a hook left behind is shown, but nobody compares it. */
function hookOf(live: KubeObject): ManagedResource {
  return { live, modified: false, status: { ...identityOf(live), hook: true } };
}

function identityOf(object: KubeObject) {
  const { group, kind, namespace, name } = refOf(object);
  return {
    ...(group ? { group } : {}),
    version: versionOf(object.apiVersion),
    kind,
    ...(namespace ? { namespace } : {}),
    name,
  };
}

function waveOf(target: KubeObject | undefined): number {
  const wave = target?.metadata.annotations?.['argocd.argoproj.io/sync-wave'];
  return Number(wave ?? 0);
}

function statusCode(unknown: boolean, outOfSync: boolean): SyncCode {
  if (unknown) return 'Unknown';
  return outOfSync ? 'OutOfSync' : 'Synced';
}

function isModified(
  target: KubeObject,
  live: KubeObject,
  cluster: Cluster,
): boolean {
  return !sameJson(
    withoutBookkeeping(cluster.predict(target)),
    withoutBookkeeping(live),
  );
}

/** Resources a project refuses stay out of sync for the application although their own word is Unknown. */
function syncOf(resources: readonly ManagedResource[]): SyncCode {
  return resources.some(({ modified }) => modified) ? 'OutOfSync' : 'Synced';
}

/** Missing only where everything is, since 3.4; before, wherever something is. */
function aggregateHealth(resources: readonly ManagedResource[]): HealthCode {
  return worstHealth(
    resources.flatMap(({ target, live, status }) => {
      if (status.hook) return [];
      if (!live) return target && hasHealth(target) ? ['Missing'] : [];
      const ignored =
        live.metadata.annotations?.['argocd.argoproj.io/ignore-healthcheck'];
      return ignored === 'true' ? [] : healthOf(live)?.status ?? [];
    }),
  );
}

function imagesOf(
  resources: readonly ManagedResource[],
  cluster: Cluster,
): string[] {
  const images = new Set<string>();
  const visit = (object: KubeObject) => {
    if (object.kind === 'Pod') {
      const spec = object.spec as { containers?: { image: string }[] };
      spec.containers?.forEach(({ image }) => images.add(image));
    }
    cluster.ownedBy(object).forEach(visit);
  };
  resources.forEach(({ live }) => live && visit(live));
  return [...images].sort();
}

function missingNamespace(target: KubeObject): string[] {
  const { kind, metadata, apiVersion } = target;
  if (isClusterScoped(kind) || metadata.namespace) return [];
  return [
    `Namespace for ${metadata.name} ${apiVersion}, Kind=${kind} is missing.`,
  ];
}

function sharedWarning(application: Application, live: KubeObject): string[] {
  const other = trackingApplication(live);
  const mine = application.metadata.name;
  if (!other || other === mine) return [];
  return [
    `${live.kind}/${live.metadata.name} is part of applications ${application.metadata.namespace}/${mine} and ${other}`,
  ];
}
