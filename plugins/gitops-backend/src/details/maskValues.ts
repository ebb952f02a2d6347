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

  /** All values in it, however deep; what they are called stays. */
  leaves(value: Json): Json {
    if (Array.isArray(value)) {
      return value.map(item => this.leaves(item));
    }
    return isObject(value)
      ? mapEntries(value, inner => this.leaves(inner))
      : this.of(value);
  }

  all(values: Json | undefined): Json | undefined {
    return isObject(values)
      ? mapEntries(values, value => this.of(value))
      : values;
  }
}

/**
 * Hides what may be secret in a live object and the one that it should be: the
 * data of Secrets always, and unless values are shown also the data of
 * ConfigMaps, the values of environment variables, and those that Applications
 * give to Helm charts.
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
  return showValues ? object : (hideSettings(object, mask) as JsonObject);
}

/** Wherever environment variables or a chart's values are, also in custom resources. */
function hideSettings(value: Json, mask: Mask): Json {
  if (Array.isArray(value)) {
    return value.map(item => hideSettings(item, mask));
  }
  if (!isObject(value)) {
    return value;
  }
  return mapEntries(value, (inner, key) => {
    if (key === 'env') {
      return hideEnvironment(inner, mask);
    }
    return key === 'helm' && isObject(inner)
      ? hideHelm(inner, mask)
      : hideSettings(inner, mask);
  });
}

/** A list, as pods have it, or a map, as many charts and custom resources do. */
function hideEnvironment(env: Json, mask: Mask): Json {
  if (Array.isArray(env)) {
    return env.map(variable => hideNamed(variable, mask));
  }
  // What is called so and is neither names an environment, in a label say.
  return isObject(env) ? mask.leaves(env) : env;
}

/** `helm` of a source: https://argo-cd.readthedocs.io/en/stable/user-guide/helm/ */
function hideHelm(helm: JsonObject, mask: Mask): Json {
  return mapEntries(helm, (value, key) => {
    switch (key) {
      case 'values':
      case 'valuesObject':
        return mask.leaves(value);
      case 'parameters':
        return hideEnvironment(value, mask);
      default:
        return value;
    }
  });
}

/** Something with a name and a value, or both in one text. */
function hideNamed(named: Json, mask: Mask): Json {
  if (!isObject(named)) {
    return mask.of(named);
  }
  return named.value === undefined
    ? named
    : { ...named, value: mask.of(named.value) };
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
