type Json = null | boolean | number | string | Json[] | { [key: string]: Json };
type JsonObject = { [key: string]: Json };

/** An object of Kubernetes, as JSON. */
export type KubernetesObject = JsonObject;

/**
 * Puts the same words in the place of the same values, so that a reader sees
 * that a value changed, and not what it is.
 */
class Mask {
  readonly #names = new Map<string, string>();

  get isUsed(): boolean {
    return this.#names.size > 0;
  }

  of(value: Json): string {
    const key = JSON.stringify(value);
    const name =
      this.#names.get(key) ?? `•••• (hidden value ${this.#names.size + 1})`;
    this.#names.set(key, name);
    return name;
  }

  all(values: Json | undefined): Json | undefined {
    return isObject(values)
      ? mapEntries(values, value => this.of(value))
      : values;
  }
}

/**
 * Hides what may be secret in a live object and the one that it should be: the
 * data of Secrets always, and unless `values` are shown also the data of
 * ConfigMaps and the values of environment variables.
 */
export function maskValues(
  objects: readonly (KubernetesObject | undefined)[],
  options: { showValues: boolean },
): { objects: (KubernetesObject | undefined)[]; masked: boolean } {
  const mask = new Mask();
  const masked = objects.map(object => object && hide(object, mask, options));
  return { objects: masked, masked: mask.isUsed };
}

function hide(
  object: KubernetesObject,
  mask: Mask,
  { showValues }: { showValues: boolean },
): KubernetesObject {
  const isSecret = object.kind === 'Secret';
  if (isSecret || (object.kind === 'ConfigMap' && !showValues)) {
    return mapEntries(object, (value, key) =>
      ['data', 'stringData', 'binaryData'].includes(key)
        ? mask.all(value) ?? null
        : value,
    );
  }
  return showValues ? object : (hideEnvironment(object, mask) as JsonObject);
}

/** Wherever a list of environment variables is, also in custom resources. */
function hideEnvironment(value: Json, mask: Mask): Json {
  if (Array.isArray(value)) {
    return value.map(item => hideEnvironment(item, mask));
  }
  if (!isObject(value)) {
    return value;
  }
  return mapEntries(value, (inner, key) =>
    key === 'env' && Array.isArray(inner)
      ? inner.map(variable => hideVariable(variable, mask))
      : hideEnvironment(inner, mask),
  );
}

function hideVariable(variable: Json, mask: Mask): Json {
  return isObject(variable) && variable.value !== undefined
    ? { ...variable, value: mask.of(variable.value) }
    : variable;
}

function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function mapEntries(
  object: JsonObject,
  map: (value: Json, key: string) => Json,
): JsonObject {
  return Object.fromEntries(
    Object.entries(object).map(([key, value]) => [key, map(value, key)]),
  );
}
