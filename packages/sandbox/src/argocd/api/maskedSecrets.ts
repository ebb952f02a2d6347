import { groupOf, type KubeObject } from '../../cluster/KubeObject';
import { LAST_APPLIED } from '../../cluster/mergeManifest';

const MASK = '++++++++';
const LONGER = '++++';

interface Pair {
  target: KubeObject | undefined;
  live: KubeObject | undefined;
}

type Data = Record<string, unknown>;

/**
 * The two states of an object without what is secret in them: equal values get
 * equal masks, others a longer one (`HideSecretData` in gitops-engine's
 * pkg/diff/diff.go). What was applied last stands in an annotation and is
 * masked, too.
 */
export function maskedPair(pair: Pair): Pair {
  const object = pair.target ?? pair.live;
  if (!object || !isSecret(object)) return pair;
  const [target, live] = [pair.target, pair.live].map(
    found => found && normalized(found),
  );
  const applied = [target, live].map(found => found && lastApplied(found));
  const mask = maskFor([target, live, ...applied]);
  return {
    target: target && withMask(target, mask),
    live: live && withMask(live, mask),
  };
}

function isSecret({ apiVersion, kind }: KubeObject): boolean {
  return kind === 'Secret' && groupOf(apiVersion) === '';
}

/** `stringData` is data that is not encoded yet. */
function normalized({ stringData, ...secret }: KubeObject): KubeObject {
  if (!stringData) return secret as KubeObject;
  const encoded = Object.entries(stringData as Record<string, string>).map(
    ([key, text]) => [key, Buffer.from(text).toString('base64')] as const,
  );
  const data = {
    ...dataOf(secret as KubeObject),
    ...Object.fromEntries(encoded),
  };
  return { ...secret, data } as KubeObject;
}

function lastApplied({ metadata }: KubeObject): KubeObject | undefined {
  const text = metadata.annotations?.[LAST_APPLIED];
  return text === undefined
    ? undefined
    : normalized(JSON.parse(text) as KubeObject);
}

/** What stands for a value of a key, the same wherever the value is the same. */
function maskFor(objects: readonly (KubeObject | undefined)[]) {
  const masks = new Map<string, Map<unknown, string>>();
  for (const object of objects) {
    for (const [key, value] of Object.entries(object ? dataOf(object) : {})) {
      const known = masks.get(key) ?? new Map<unknown, string>();
      masks.set(key, known);
      if (!known.has(value)) {
        known.set(value, MASK + LONGER.repeat(known.size));
      }
    }
  }
  return (key: string, value: unknown) => masks.get(key)?.get(value) ?? MASK;
}

function withMask(
  object: KubeObject,
  mask: (key: string, value: unknown) => string,
): KubeObject {
  const applied = lastApplied(object);
  const data = Object.fromEntries(
    Object.entries(dataOf(object)).map(([key, value]) => [
      key,
      mask(key, value),
    ]),
  );
  const masked = object.data ? { ...object, data } : object;
  if (!applied) return masked;
  const annotations = {
    ...object.metadata.annotations,
    [LAST_APPLIED]: JSON.stringify(withMask(applied, mask)),
  };
  return { ...masked, metadata: { ...object.metadata, annotations } };
}

function dataOf({ data }: KubeObject): Data {
  return (data ?? {}) as Data;
}
