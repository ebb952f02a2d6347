import { refOf } from '../../cluster/KubeObject';
import { type Application, RESOURCES_FINALIZER } from '../Application';
import { type Clusters } from '../Clusters';
import { managedObjects } from '../compare';

/**
 * Does what a deleted Application's finalizer asks for.
 *
 * @returns the Application without that finalizer once nothing is left to wait for
 */
export function deleteResources(
  application: Application,
  clusters: Clusters,
): Application | undefined {
  const finalizers = application.metadata.finalizers ?? [];
  const others = finalizers.filter(
    name => !name.startsWith(RESOURCES_FINALIZER),
  );
  if (others.length < finalizers.length) {
    const cluster = clusters.find(application.spec.destination);
    if (cluster && clusters.connections.syncError(cluster)) return undefined;
    const objects = cluster ? managedObjects(application, cluster) : [];
    objects.forEach(object => cluster?.delete(refOf(object)));
    if (cluster && managedObjects(application, cluster).length > 0) {
      return undefined;
    }
  }
  return {
    ...application,
    metadata: { ...application.metadata, finalizers: others },
  };
}
