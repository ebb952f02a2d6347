import { type Cluster } from '../../cluster/Cluster';
import { isReady, type Pod, type ReplicaSet } from '../../cluster/Deployment';
import { groupOf, type KubeObject, versionOf } from '../../cluster/KubeObject';
import { REVISION } from '../../cluster/rollDeployment';
import { type ManagedResource } from '../compare';
import { healthOf } from '../healthOf';
import { MISSING } from './applicationView';

/** The tree of an application: what it manages, and what came of that. */
export function resourceTree(
  resources: readonly ManagedResource[],
  cluster: Cluster,
) {
  const nodes = resources.flatMap(({ target, live }) => {
    if (live) return withDescendants(live, cluster);
    return target ? [{ ...identity(target), health: MISSING }] : [];
  });
  return nodes.length ? { nodes } : {};
}

function withDescendants(object: KubeObject, cluster: Cluster): object[] {
  return [
    nodeOf(object),
    ...cluster
      .ownedBy(object)
      .flatMap(child => withDescendants(child, cluster)),
  ];
}

function nodeOf(object: KubeObject) {
  const { metadata } = object;
  const health = healthOf(object);
  const info = infoOf(object);
  const owners = metadata.ownerReferences?.map(owner => ({
    ...(groupOf(owner.apiVersion) ? { group: groupOf(owner.apiVersion) } : {}),
    kind: owner.kind,
    namespace: metadata.namespace,
    name: owner.name,
    uid: owner.uid,
  }));
  return {
    ...identity(object),
    uid: metadata.uid,
    ...(owners?.length ? { parentRefs: owners } : {}),
    ...(info.length ? { info } : {}),
    resourceVersion: metadata.resourceVersion,
    ...(object.kind === 'Pod' ? { images: imagesOf(object as Pod) } : {}),
    ...(health ? { health } : {}),
    createdAt: metadata.creationTimestamp,
  };
}

function identity({ apiVersion, kind, metadata }: KubeObject) {
  const group = groupOf(apiVersion);
  return {
    ...(group ? { group } : {}),
    version: versionOf(apiVersion),
    kind,
    ...(metadata.namespace ? { namespace: metadata.namespace } : {}),
    name: metadata.name,
  };
}

function infoOf(object: KubeObject): { name: string; value: string }[] {
  if (object.kind === 'Pod') return podInfo(object as Pod);
  const revision = (object as ReplicaSet).metadata.annotations?.[REVISION];
  return object.kind === 'ReplicaSet' && revision
    ? [{ name: 'Revision', value: `Rev:${revision}` }]
    : [];
}

function podInfo(pod: Pod): { name: string; value: string }[] {
  const waiting = pod.status?.containerStatuses?.find(
    ({ state }) => state.waiting,
  )?.state.waiting?.reason;
  const total = pod.spec.containers.length;
  return [
    { name: 'Status Reason', value: waiting ?? pod.status?.phase ?? 'Pending' },
    { name: 'Containers', value: `${isReady(pod) ? total : 0}/${total}` },
  ];
}

function imagesOf(pod: Pod): string[] {
  return pod.spec.containers.map(({ image }) => image);
}
