import { InputError } from '@backstage/errors';
import { z } from 'zod/v4';

/**
 * A part of a request, as it should be.
 *
 * @throws InputError that says what is not.
 */
export function parsePart<T>(
  schema: z.ZodType<T>,
  value: unknown,
  part: 'query' | 'body',
): T {
  const { data, error } = schema.safeParse(value);
  if (error) {
    throw new InputError(
      `The request's ${part} is not as it should be: ${z.prettifyError(error)}`,
    );
  }
  return data;
}
