import { InputError } from '@backstage/errors';
import { z } from 'zod/v4';

/**
 * Checks a configuration value against its schema.
 *
 * @param key - under which the value is configured, for the messages
 *
 * @throws InputError that names every key that is wrong and what to do about it.
 */
export function parseConfig<S extends z.ZodType>(
  schema: S,
  value: unknown,
  key: string,
): z.output<S> {
  const result = schema.safeParse(value);
  if (result.success) {
    return result.data;
  }
  const messages = result.error.issues.map(issue =>
    describeIssue(issue, { schema, value, key }),
  );
  throw new InputError([...new Set(messages)].join('\n'));
}

/**
 * A key as people write it: `gitops.environments[1].name`.
 */
function joinKey(root: string, path: readonly PropertyKey[]): string {
  return path.reduce<string>((key, part) => {
    if (typeof part === 'number') {
      return `${key}[${part}]`;
    }
    const name = String(part);
    return /^[A-Za-z_][\w-]*$/.test(name)
      ? `${key}.${name}`
      : `${key}[${JSON.stringify(name)}]`;
  }, root);
}

interface Context {
  readonly schema: z.ZodType;
  readonly value: unknown;
  readonly key: string;
}

function describeIssue(issue: z.core.$ZodIssue, context: Context): string {
  const key = joinKey(context.key, issue.path);
  if (issue.code === 'unrecognized_keys') {
    const known = keysAt(context.schema, issue.path);
    return issue.keys
      .map(name =>
        unknownKey(joinKey(context.key, [...issue.path, name]), name, known),
      )
      .join('\n');
  }
  if (
    issue.code === 'invalid_type' &&
    valueAt(context.value, issue.path) === undefined
  ) {
    return `${key} is missing; add it (${issue.expected})`;
  }
  if (issue.code === 'invalid_type') {
    return `${key} must be of type ${issue.expected}`;
  }
  if (issue.code === 'invalid_value') {
    return `${key} must be ${issue.values
      .map(one => `"${String(one)}"`)
      .join(' or ')}`;
  }
  return `${key} ${issue.message}`;
}

function unknownKey(
  key: string,
  name: string,
  known: readonly string[],
): string {
  const near = nearest(name, known);
  return near
    ? `${key} is not a known key; did you mean "${near}"?`
    : `${key} is not a known key; remove it. Known are ${known.join(', ')}`;
}

function valueAt(value: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (inner, part) =>
      typeof inner === 'object' && inner !== null
        ? Reflect.get(inner, part)
        : undefined,
    value,
  );
}

/** The keys that the schema has at this place. */
function keysAt(schema: z.ZodType, path: readonly PropertyKey[]): string[] {
  const inner = path.reduce<z.ZodType | undefined>(
    (at, part) => stepInto(at, part),
    schema,
  );
  const object = unwrap(inner);
  return object instanceof z.ZodObject ? Object.keys(object.shape) : [];
}

function stepInto(
  schema: z.ZodType | undefined,
  part: PropertyKey,
): z.ZodType | undefined {
  const outer = unwrap(schema);
  if (outer instanceof z.ZodObject) {
    return outer.shape[String(part)] as z.ZodType | undefined;
  }
  if (outer instanceof z.ZodArray) {
    return outer.element as z.ZodType;
  }
  if (outer instanceof z.ZodRecord) {
    return outer.valueType as z.ZodType;
  }
  return undefined;
}

function unwrap(schema: z.ZodType | undefined): z.ZodType | undefined {
  return schema instanceof z.ZodOptional || schema instanceof z.ZodDefault
    ? unwrap(schema.unwrap() as z.ZodType)
    : schema;
}

/**
 * The name among the known ones that was probably meant.
 */
export function nearest(
  name: string,
  known: readonly string[],
): string | undefined {
  const [best] = known
    .map(candidate => ({
      candidate,
      distance: editDistance(name.toLowerCase(), candidate.toLowerCase()),
    }))
    .sort((a, b) => a.distance - b.distance);
  return best && best.distance <= Math.max(2, Math.floor(name.length / 4))
    ? best.candidate
    : undefined;
}

/** Levenshtein's. */
function editDistance(a: string, b: string): number {
  let previous = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i += 1) {
    const row = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const substitution =
        (previous[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      row.push(
        Math.min(substitution, (previous[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1),
      );
    }
    previous = row;
  }
  return previous[b.length] ?? 0;
}
