import { InputError } from '@backstage/errors';
import { z } from 'zod/v4';

// The frontends send an empty text for what an entity does not have.
const text = z
  .string()
  .optional()
  .transform(value => value || undefined);

const query = z.object({ appNamespace: text, project: text, expand: text });

/**
 * What the frontends put into the query; they repeat other things there, which
 * are left alone.
 *
 * @throws InputError for what is there twice.
 */
export function readQuery(given: unknown) {
  const { data, error } = query.safeParse(given);
  if (error) {
    throw new InputError(
      `The request's query is not as it should be: ${z.prettifyError(error)}`,
    );
  }
  const { appNamespace, project, expand } = data;
  return { namespace: appNamespace, project, expand };
}
