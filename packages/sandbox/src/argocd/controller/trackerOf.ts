import { type Cluster } from '../../cluster/Cluster';
import { groupOf, type KubeObject } from '../../cluster/KubeObject';
import { trackingApplication } from '../tracking';

/** The application an object belongs to, by its mark or that of what owns it. */
export function trackerOf(
  object: KubeObject,
  cluster: Cluster,
): string | undefined {
  const mine = trackingApplication(object);
  if (mine) return mine;
  for (const owner of object.metadata.ownerReferences ?? []) {
    const parent = cluster.get({
      group: groupOf(owner.apiVersion),
      kind: owner.kind,
      namespace: object.metadata.namespace ?? '',
      name: owner.name,
    });
    const name = parent && trackerOf(parent, cluster);
    if (name) return name;
  }
  return undefined;
}
