import { type Cluster } from '../../cluster/Cluster';
import { type KubeObject } from '../../cluster/KubeObject';
import { type Application } from '../Application';
import { compare, type Comparison } from '../compare';
import { type Looks } from './Engine';
import { GrpcError } from './GrpcError';

export interface Managed {
  resources: Comparison['resources'];
  cluster: Cluster;
}

/** An application's resources as they were compared last, and where they are. */
export async function managedResources(
  application: Application,
  reconciler: Looks,
): Promise<Managed> {
  const target = reconciler.lastLook(application);
  if ('error' in target) {
    throw new GrpcError('Unknown', target.error.join('; '));
  }
  const { revision } = target;
  const rendered = revision
    ? await reconciler.render(application, revision).catch(() => undefined)
    : undefined;
  const { resources } = compare(application, rendered?.manifests, target);
  return { resources, cluster: target.cluster };
}

/** The application's live objects and everything that came of them. */
export function liveObjects({ resources, cluster }: Managed): KubeObject[] {
  const withDescendants = (object: KubeObject): KubeObject[] => [
    object,
    ...cluster.ownedBy(object).flatMap(withDescendants),
  ];
  return resources.flatMap(({ live }) => (live ? withDescendants(live) : []));
}
