import { type Cluster } from '../../cluster/Cluster';
import { type Pod } from '../../cluster/Deployment';
import { groupOf, type KubeObject, versionOf } from '../../cluster/KubeObject';
import { type ManagedResource } from '../compare';
import { healthOf } from '../healthOf';
import { MISSING } from './applicationView';
import { networkingInfo, nodeInfo } from './nodeInfo';

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
  const info = nodeInfo(object);
  const networking = networkingInfo(object);
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
    ...(networking ? { networkingInfo: networking } : {}),
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

function imagesOf(pod: Pod): string[] {
  return pod.spec.containers.map(({ image }) => image);
}
