import { parse } from 'yaml';
import { z } from 'zod/v4';
import { withoutCredentials } from './withoutCredentials';

/** The annotation that `buildMetadata: [originAnnotations]` makes kustomize write. */
export const ORIGIN_ANNOTATION = 'config.kubernetes.io/origin';

/** Where a manifest comes from, as kustomize tells it. */
export interface Origin {
  /** Of the remote base that it is in, without credentials; absent where it is the built repository's own. */
  readonly repo?: string;
  /** Of the file: in the remote base's repository, else relative to the folder that was built. */
  readonly path: string;
  /** Branch, tag or commit that the remote base asks for; absent where it names none. */
  readonly ref?: string;
}

/** Three short lines; what is longer is no origin. */
const MOST_CHARACTERS = 2_000;

const text = z.string().min(1).optional();
const origin = z.object({
  repo: text,
  path: text,
  /** Of the kustomization whose generator made it. */
  configuredIn: text,
  ref: text,
});

/**
 * Reads the annotation; anybody may have written it.
 *
 * @see https://github.com/kubernetes-sigs/kustomize/blob/master/api/resource/origin.go
 *
 * @returns nothing where it is none.
 */
export function parseOrigin(
  annotation: string | undefined,
): Origin | undefined {
  if (!annotation || annotation.length > MOST_CHARACTERS) {
    return undefined;
  }
  try {
    const { data } = origin.safeParse(
      // All values are text: a ref such as 1.10 is no number.
      parse(annotation, {
        schema: 'failsafe',
        maxAliasCount: 0,
        logLevel: 'silent',
      }),
    );
    const { repo, ref, path = data?.configuredIn } = data ?? {};
    return path
      ? {
          path,
          ...(repo && { repo: withoutCredentials(repo) }),
          ...(ref && { ref }),
        }
      : undefined;
  } catch {
    return undefined;
  }
}
