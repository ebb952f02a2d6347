import { InputError } from '@backstage/errors';

const MAX_LENGTH = 63;
const LABEL = /^[a-z0-9](?:[-a-z0-9]*[a-z0-9])?$/;

/**
 * A part of a name, with what it is called: `service`, `environment`.
 */
interface NamePart {
  readonly what: string;
  readonly value: string;
}

/**
 * Checks a name against DNS-1123 labels, which Kubernetes asks of namespaces
 * and of whatever becomes the value of a label.
 *
 * @param parts - what the name is made of; the first is the one that can change
 *
 * @throws InputError saying which part is too long, or not allowed, and by how much.
 */
export function checkKubernetesName(
  what: string,
  name: string,
  parts: readonly NamePart[],
): void {
  const wrong = parts.find(part => !LABEL.test(part.value));
  if (wrong) {
    throw new InputError(
      `The ${wrong.what}'s name "${wrong.value}" cannot be part of the ${what}'s name: only lower-case letters, digits and "-" are allowed, the first and the last a letter or digit`,
    );
  }
  if (!LABEL.test(name)) {
    throw new InputError(
      `The ${what}'s name "${name}" is not allowed: only lower-case letters, digits and "-", the first and the last a letter or digit`,
    );
  }
  const excess = name.length - MAX_LENGTH;
  const [longest] = parts;
  if (excess > 0) {
    const room = (longest?.value.length ?? 0) - excess;
    throw new InputError(
      `The ${what}'s name "${name}" has ${
        name.length
      } characters, ${excess} more than the ${MAX_LENGTH} that Kubernetes allows. ${
        longest && room > 0
          ? `Shorten the ${longest.what}'s name "${longest.value}" (${longest.value.length} characters) to at most ${room}.`
          : `Shorten ${parts
              .slice(1)
              .map(part => `the ${part.what}'s name "${part.value}"`)
              .join(' or ')}.`
      }`,
    );
  }
}
