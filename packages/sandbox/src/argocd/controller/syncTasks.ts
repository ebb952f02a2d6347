import { type Cluster } from '../../cluster/Cluster';
import { type PodTemplate } from '../../cluster/Deployment';
import {
  groupOf,
  type KubeObject,
  refOf,
  versionOf,
} from '../../cluster/KubeObject';
import { sameJson } from '../../cluster/sameJson';
import { resourceError } from '../AppProject';
import { type ResourceResult, type SyncOperation } from '../Application';
import { type ManagedResource } from '../compare';
import { type Target } from './Target';

/** One thing a sync does to one object. */
export interface SyncTask {
  action: 'apply' | 'prune';
  object: KubeObject;
  wave: number;
}

/** gitops-engine's order of kinds within a wave; unknown kinds come last. */
const KIND_ORDER = [
  'Namespace',
  'NetworkPolicy',
  'ResourceQuota',
  'LimitRange',
  'PodDisruptionBudget',
  'ServiceAccount',
  'Secret',
  'ConfigMap',
  'PersistentVolume',
  'PersistentVolumeClaim',
  'CustomResourceDefinition',
  'ClusterRole',
  'ClusterRoleBinding',
  'Role',
  'RoleBinding',
  'Service',
  'DaemonSet',
  'Pod',
  'ReplicaSet',
  'Deployment',
  'HorizontalPodAutoscaler',
  'StatefulSet',
  'Job',
  'CronJob',
  'Ingress',
];

/** What a sync of these resources does, in order: wave by wave, then what has to go. */
export function planSync(
  resources: readonly ManagedResource[],
  operation: SyncOperation,
): SyncTask[] {
  const chosen = resources.filter(({ status }) =>
    isSelected(status, operation.resources),
  );
  const applied = chosen.flatMap(({ target, status }): SyncTask[] =>
    target
      ? [{ action: 'apply', object: target, wave: status.syncWave ?? 0 }]
      : [],
  );
  const lastWave = Math.max(...applied.map(({ wave }) => wave), 0);
  const pruned = chosen.flatMap(({ live, status }): SyncTask[] =>
    live && status.requiresPruning
      ? [{ action: 'prune', object: live, wave: lastWave }]
      : [],
  );
  return [
    ...applied.sort(
      (a, b) => a.wave - b.wave || rank(a.object) - rank(b.object),
    ),
    ...pruned,
  ];
}

/** Every task the project refuses; a sync with one of them does nothing at all. */
export function refusals(
  tasks: readonly SyncTask[],
  target: Target,
): ResourceResult[] {
  return tasks.flatMap(({ object }) => {
    const message = resourceError(object, target.project, target.cluster);
    return message
      ? [{ ...resultOf(object), status: 'SyncFailed' as const, message }]
      : [];
  });
}

/** Does one task and says how it went, in kubectl's words. */
export function runTask(
  { action, object }: SyncTask,
  cluster: Cluster,
  operation: SyncOperation,
): ResourceResult {
  if (action === 'prune') return prune(object, cluster, operation);
  const { namespace } = object.metadata;
  if (namespace && !operation.dryRun && !cluster.hasNamespace(namespace)) {
    return {
      ...resultOf(object),
      status: 'SyncFailed',
      hookPhase: 'Failed',
      message: `namespaces "${namespace}" not found`,
    };
  }
  const word = operation.dryRun
    ? `${wouldBe(object, cluster)} (dry run)`
    : cluster.apply(object);
  return {
    ...resultOf(object),
    status: 'Synced',
    hookPhase: 'Running',
    message: `${kubectlName(object)} ${word}`,
  };
}

function prune(
  object: KubeObject,
  cluster: Cluster,
  operation: SyncOperation,
): ResourceResult {
  if (!operation.prune) {
    return {
      ...resultOf(object),
      status: 'PruneSkipped',
      message: 'ignored (requires pruning)',
    };
  }
  if (!operation.dryRun) cluster.delete(refOf(object));
  return {
    ...resultOf(object),
    status: 'Pruned',
    message: operation.dryRun ? 'pruned (dry run)' : 'pruned',
  };
}

export function resultOf(object: KubeObject): ResourceResult {
  const images = imagesOf(object);
  return {
    ...refOf(object),
    version: versionOf(object.apiVersion),
    syncPhase: 'Sync',
    ...(images.length ? { images } : {}),
  };
}

/** What an apply of the object would say. */
function wouldBe(object: KubeObject, cluster: Cluster): string {
  const live = cluster.get(refOf(object));
  if (!live) return 'created';
  return sameJson(cluster.predict(object), live) ? 'unchanged' : 'configured';
}

/** The images of an object that has a pod template. */
function imagesOf({ spec }: KubeObject): string[] {
  const { template } = (spec ?? {}) as { template?: PodTemplate };
  return template?.spec?.containers?.map(({ image }) => image) ?? [];
}

function kubectlName(object: KubeObject): string {
  const group = groupOf(object.apiVersion);
  const kind = object.kind.toLowerCase();
  return `${group ? `${kind}.${group}` : kind}/${object.metadata.name}`;
}

function rank(object: KubeObject): number {
  const index = KIND_ORDER.indexOf(object.kind);
  return index < 0 ? KIND_ORDER.length : index;
}

function isSelected(
  resource: ManagedResource['status'],
  wanted: SyncOperation['resources'],
): boolean {
  if (!wanted?.length) return true;
  return wanted.some(
    ({ group = '', kind, name, namespace }) =>
      group === (resource.group ?? '') &&
      kind === resource.kind &&
      name === resource.name &&
      (!namespace || namespace === (resource.namespace ?? '')),
  );
}
