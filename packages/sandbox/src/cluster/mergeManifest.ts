import { type KubeObject } from './KubeObject';

export const LAST_APPLIED = 'kubectl.kubernetes.io/last-applied-configuration';

/**
 * What the live object becomes when a manifest is applied: `kubectl apply`'s
 * three-way merge. What the previous manifest said and this one no longer says
 * goes; what others (defaults, controllers) added stays.
 */
export function mergeManifest(
  live: KubeObject,
  manifest: KubeObject,
): KubeObject {
  const merged = mergeMaps(live, manifest, lastApplied(live));
  const result = merged as KubeObject;
  result.metadata = {
    ...result.metadata,
    annotations: {
      ...result.metadata.annotations,
      [LAST_APPLIED]: JSON.stringify(manifest),
    },
  };
  return result;
}

/** The object without what only the cluster knows, for a comparison or a diff to show. */
export function withoutBookkeeping(object: KubeObject): KubeObject {
  const { status: _, metadata, ...rest } = object;
  const { [LAST_APPLIED]: __, ...annotations } = metadata.annotations ?? {};
  const {
    resourceVersion: _resourceVersion,
    generation: _generation,
    annotations: _annotations,
    ...kept
  } = metadata;
  return {
    ...rest,
    metadata: {
      ...kept,
      ...(Object.keys(annotations).length ? { annotations } : {}),
    },
  } as KubeObject;
}

function lastApplied(live: KubeObject): unknown {
  const text = live.metadata.annotations?.[LAST_APPLIED];
  return text === undefined ? undefined : (JSON.parse(text) as unknown);
}

function merge(live: unknown, wanted: unknown, previous: unknown): unknown {
  if (isMap(wanted) && isMap(live)) return mergeMaps(live, wanted, previous);
  if (isKeyedList(wanted) && isKeyedList(live)) {
    return mergeKeyedLists(live, wanted, previous);
  }
  return structuredClone(wanted);
}

function mergeMaps(
  live: Record<string, unknown>,
  wanted: Record<string, unknown>,
  previous: unknown,
): Record<string, unknown> {
  const before = isMap(previous) ? previous : {};
  const result: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(live)) {
    const dropped = key in before && !(key in wanted);
    if (!dropped) result[key] = value;
  }
  for (const [key, value] of Object.entries(wanted)) {
    result[key] = merge(live[key], value, before[key]);
  }
  return result;
}

/** Lists whose elements have an identity merge by it (containers, ports, volumes, env), others are replaced. */
function mergeKeyedLists(
  live: Keyed[],
  wanted: Keyed[],
  previous: unknown,
): Keyed[] {
  const before = isKeyedList(previous) ? previous : [];
  return wanted.map(element => {
    const same = (other: Keyed) => identityOf(other) === identityOf(element);
    const old = live.find(same);
    return old
      ? mergeMaps(old, element, before.find(same))
      : structuredClone(element);
  });
}

type Keyed = Record<string, unknown>;

/** The merge keys of the lists we meet; a port of a Service may have no name. */
function identityOf(element: Keyed): unknown {
  return (
    element.name ?? element.port ?? element.containerPort ?? element.mountPath
  );
}

function isMap(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isKeyedList(value: unknown): value is Keyed[] {
  return (
    Array.isArray(value) &&
    value.length > 0 &&
    value.every(element => isMap(element) && identityOf(element) !== undefined)
  );
}
