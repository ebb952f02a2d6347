import { InputError } from '@backstage/errors';
import { UNBUILT_TAG } from '@callboard/backstage-plugin-gitops-common';
import {
  type FileEdit,
  type KustomizationImage,
  readImage,
  setImage,
  setVersionLabel,
} from '@callboard/backstage-plugin-gitops-node';

/** An environment's overlay, by its kustomization. */
export interface Overlay {
  readonly environment: string;
  readonly path: string;
  /** The image's name in the manifests. */
  readonly image: string;
  /** `null` where there is no such file. */
  readonly text: string | null;
}

/** An image that an overlay takes over from an earlier environment. */
export interface CarriedImage {
  readonly from: string;
  /** For people: the tag, else the digest. */
  readonly version: string;
  readonly edit: FileEdit;
}

/**
 * Where an overlay still has the placeholder, the image of the nearest earlier
 * environment that has a real one.
 *
 * @param earlier - in order of promotion
 */
export function planCarriedImage(
  overlay: Overlay,
  earlier: readonly Overlay[],
): CarriedImage | undefined {
  if (!hasPlaceholder(overlay)) {
    return undefined;
  }
  const source = [...earlier].reverse().find(other => isReal(imageIn(other)));
  const image = source && imageIn(source);
  if (!image) {
    return undefined;
  }
  const { newTag, digest } = image;
  return {
    from: source.environment,
    version: newTag ?? digest ?? '',
    edit: {
      path: overlay.path,
      edit: before =>
        // Somebody may have been faster: a real image is not replaced.
        before === null || !isPlaceholder(readImage(before, overlay.image))
          ? before
          : carry(before, { name: overlay.image, newTag, digest }),
    },
  };
}

function carry(text: string, image: KustomizationImage): string {
  const { name, newTag, digest } = image;
  const withImage = setImage(text, {
    name,
    // Without a tag the placeholder's must go, or it would stay beside it.
    newTag: newTag ?? null,
    digest: digest ?? null,
  });
  return newTag ? setVersionLabel(withImage, newTag) : withImage;
}

/**
 * Whether an overlay has no image yet.
 *
 * @throws InputError where it cannot be read; the message names it.
 */
export function hasPlaceholder(overlay: Overlay): boolean {
  return isPlaceholder(imageIn(overlay));
}

function imageIn({ path, text, image }: Overlay) {
  try {
    return text === null ? undefined : readImage(text, image);
  } catch (error) {
    if (error instanceof InputError) {
      throw new InputError(`${path}: ${error.message}`);
    }
    throw error;
  }
}

function isPlaceholder(image: KustomizationImage | undefined): boolean {
  return image?.newTag === UNBUILT_TAG && !image.digest;
}

function isReal(image: KustomizationImage | undefined): boolean {
  return (
    image !== undefined &&
    !isPlaceholder(image) &&
    Boolean(image.newTag ?? image.digest)
  );
}
