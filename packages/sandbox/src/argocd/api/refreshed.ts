import { type Cluster } from '../../cluster/Cluster';
import { keyOf, refOf, type ResourceRef } from '../../cluster/KubeObject';
import { type Application, isApplication, REFRESH } from '../Application';

/** The Application once its refresh annotation is gone; undefined if the Application is. */
export function refreshed(
  control: Cluster,
  ref: ResourceRef,
): Promise<Application | undefined> {
  const key = keyOf(ref);
  const waits = control.get(ref)?.metadata.annotations?.[REFRESH];
  if (!waits) return Promise.resolve(control.get(ref) as Application);
  return new Promise(resolve => {
    const stopListening = control.onChange(({ type, object }) => {
      if (!isApplication(object) || keyOf(refOf(object)) !== key) return;
      if (type !== 'DELETED' && object.metadata.annotations?.[REFRESH]) return;
      stopListening();
      resolve(type === 'DELETED' ? undefined : object);
    });
  });
}
