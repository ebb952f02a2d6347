import { type KubernetesObject } from './maskValues';

/** Fields that only the cluster writes: they differ all the time, and say nothing about Git. */
const METADATA_NOISE = [
  'creationTimestamp',
  'generation',
  'managedFields',
  'resourceVersion',
  'selfLink',
  'uid',
];
const ANNOTATION_NOISE = [
  // A copy of the object, values of environment variables included.
  'kubectl.kubernetes.io/last-applied-configuration',
  'deployment.kubernetes.io/revision',
];

/** An object without its status and the other fields that only the cluster writes. */
export function withoutNoise(object: KubernetesObject): KubernetesObject {
  const { status: _, metadata, ...rest } = object;
  if (
    typeof metadata !== 'object' ||
    metadata === null ||
    Array.isArray(metadata)
  ) {
    return rest;
  }
  const { annotations, ...kept } = omit(metadata, METADATA_NOISE);
  const isMap =
    typeof annotations === 'object' &&
    annotations !== null &&
    !Array.isArray(annotations);
  const telling = isMap ? omit(annotations, ANNOTATION_NOISE) : {};
  return {
    ...rest,
    metadata: {
      ...kept,
      ...(Object.keys(telling).length > 0 && { annotations: telling }),
    },
  };
}

function omit<T extends object>(object: T, keys: readonly string[]): T {
  return Object.fromEntries(
    Object.entries(object).filter(([key]) => !keys.includes(key)),
  ) as T;
}
