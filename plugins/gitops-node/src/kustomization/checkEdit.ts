import { isDeepStrictEqual } from 'node:util';
import { InputError } from '@backstage/errors';
import { type Kustomization, parseKustomization } from './Kustomization';

/**
 * Gives the edited text back if it means what it should: the old content with
 * this one key changed. Anchors that other keys refer to are how it could not.
 */
export function checkEdit(
  kustomization: Kustomization,
  edited: string,
  expected: { readonly key: string; readonly value: unknown },
): string {
  const { key, value } = expected;
  const { [key]: _, ...others } = kustomization.content;
  const after = readBack(edited);
  const { [key]: written, ...untouched } = after ?? {};
  if (
    !after ||
    !isDeepStrictEqual(others, untouched) ||
    !isDeepStrictEqual(withoutEmpty(written), withoutEmpty(value))
  ) {
    throw new InputError(
      `\`${key}\` cannot be changed without changing something else in the file too, probably because it is written with anchors, aliases or merge keys. Write \`${key}\` out and try again.`,
    );
  }
  return edited;
}

function readBack(edited: string) {
  try {
    return parseKustomization(edited).content;
  } catch {
    return undefined;
  }
}

/** No list, a list without value and an empty list mean the same. */
function withoutEmpty(value: unknown): unknown {
  return Array.isArray(value) && value.length === 0
    ? undefined
    : value ?? undefined;
}
