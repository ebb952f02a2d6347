import { parseEntityRef, stringifyEntityRef } from '@backstage/catalog-model';
import { InputError } from '@backstage/errors';

/**
 * An entity reference in full.
 *
 * @throws InputError where it is none.
 */
export function readEntityRef(text: string): string {
  try {
    return stringifyEntityRef(parseEntityRef(text));
  } catch {
    throw new InputError(
      'entityRef has to be the reference of an entity, for example component:default/cart',
    );
  }
}
