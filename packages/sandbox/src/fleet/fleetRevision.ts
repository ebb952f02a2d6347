import { createHash } from 'node:crypto';

const RELEASE_DIGITS = 5;

/** The commit that made a release of a service; the release can be read from it again. */
export function fleetRevision(service: string, release: number): string {
  const digits = release.toString(16).padStart(RELEASE_DIGITS, '0');
  return hashOf(service, release).slice(0, -RELEASE_DIGITS) + digits;
}

/** The release that a commit of the service made; undefined where it is none of them. */
export function releaseOf(
  service: string,
  revision: string,
): number | undefined {
  const release = parseInt(revision.slice(-RELEASE_DIGITS), 16);
  return revision === fleetRevision(service, release) ? release : undefined;
}

/** As the image's tag has it. */
export function fleetVersion(release: number): string {
  return `1.${Math.floor(release / 50)}.${release % 50}`;
}

function hashOf(service: string, release: number): string {
  return createHash('sha1').update(`${service}@${release}`).digest('hex');
}
