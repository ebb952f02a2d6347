import { type z } from 'zod';
import { type UserRecord } from '../records';
import { ApiError } from './ApiError';

/** A request to the API, taken apart. */
export interface Call {
  readonly url: URL;
  readonly params: Readonly<Record<string, string>>;
  /** Parsed JSON; undefined without a body. */
  readonly body: unknown;
  /** Whose token was sent. */
  readonly actor: UserRecord | undefined;
  readonly accept: string;
}

/** A placeholder of the path. */
export function param(call: Call, name: string): string {
  return call.params[name] ?? '';
}

/** A part of the query; an empty one counts as absent. */
export function query(call: Call, name: string): string | undefined {
  return call.url.searchParams.get(name) || undefined;
}

/**
 * The body, checked.
 *
 * @throws ApiError 422 in GitHub's words for a missing or wrong field.
 */
export function bodyOf<T>(call: Call, schema: z.ZodType<T>): T {
  const result = schema.safeParse(call.body ?? {});
  if (result.success) return result.data;
  const issue = result.error.issues[0];
  const field = issue?.path.join('.') ?? '';
  const value = issue?.path.reduce<unknown>(
    (at, key) => (at as Record<PropertyKey, unknown> | undefined)?.[key],
    call.body,
  );
  throw new ApiError(
    422,
    value === undefined
      ? `Invalid request.\n\n"${field}" wasn't supplied.`
      : `Invalid request.\n\nFor '${field}': ${issue?.message ?? ''}`,
  );
}

/** Which form of an answer the client wants, by GitHub's media types. */
export function mediaOf(call: Call): 'raw' | 'diff' | 'patch' | 'sha' | 'json' {
  const match = /vnd\.github\.(?:v3\.)?(raw|diff|patch|sha)/.exec(call.accept);
  return (match?.[1] as 'raw' | undefined) ?? 'json';
}
