import { isClusterScoped, type KubeObject, refOf } from '../cluster/KubeObject';
import { type Application } from './Application';

const TRACKING_ID = 'argocd.argoproj.io/tracking-id';

/** The manifest as this application applies it: in a namespace, and marked as its own. */
export function trackedManifest(
  manifest: KubeObject,
  application: Application,
): KubeObject {
  const namespace = isClusterScoped(manifest.kind)
    ? undefined
    : manifest.metadata.namespace ?? application.spec.destination.namespace;
  const { namespace: _, ...metadata } = manifest.metadata;
  const placed: KubeObject = {
    ...manifest,
    metadata: { ...metadata, ...(namespace ? { namespace } : {}) },
  };
  const annotations = {
    ...metadata.annotations,
    [TRACKING_ID]: trackingId(placed, application),
  };
  return { ...placed, metadata: { ...placed.metadata, annotations } };
}

/** The name of the application an object is marked with, whether or not the mark is its own. */
export function trackingApplication(object: KubeObject): string | undefined {
  return object.metadata.annotations?.[TRACKING_ID]?.split(':', 1)[0];
}

/** False for a copy that another controller made together with the annotations. */
export function isSelfTracked(
  object: KubeObject,
  application: Application,
): boolean {
  return (
    object.metadata.annotations?.[TRACKING_ID] ===
    trackingId(object, application)
  );
}

function trackingId(object: KubeObject, application: Application): string {
  const { group, kind, namespace, name } = refOf(object);
  // The key of a namespaced application without its own namespace is the destination's.
  const place = namespace || application.spec.destination.namespace || '';
  return `${application.metadata.name}:${group}/${kind}:${place}/${name}`;
}
