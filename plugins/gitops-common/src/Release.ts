/**
 * An image reference, taken apart.
 *
 * @public
 */
export interface Image {
  /** Without tag and digest, for example `ghcr.io/acme/cart`. */
  readonly name: string;
  readonly tag?: string;
  /** With its algorithm, for example `sha256:9f86…`. */
  readonly digest?: string;
}

/**
 * What is deployed.
 *
 * @public
 */
export interface Release {
  /** The human name: the image's tag, else the version label, else the short digest. */
  readonly version: string;
  readonly images: readonly Image[];
}

/**
 * The tag that a new service's overlays carry until its first image is built.
 *
 * @public
 */
export const UNBUILT_TAG = 'unbuilt';

/**
 * Whether the release is the placeholder of a service that was never built.
 *
 * @public
 */
export function isUnbuilt(release: Release | undefined): boolean {
  return release?.version === UNBUILT_TAG;
}

/**
 * Takes an image reference apart: `[host[:port]/]path[:tag][@digest]`.
 *
 * @public
 */
export function parseImage(reference: string): Image {
  const [beforeDigest = '', digest] = reference.split('@', 2);
  const colon = beforeDigest.lastIndexOf(':');
  // A colon before the last slash belongs to the registry's port.
  const tagged = colon > beforeDigest.lastIndexOf('/');
  return {
    name: tagged ? beforeDigest.slice(0, colon) : beforeDigest,
    ...(tagged && { tag: beforeDigest.slice(colon + 1) }),
    ...(digest && { digest }),
  };
}
