import {
  type Deployment,
  type Release,
  waitsForFirstBuild,
} from '@callboard/backstage-plugin-gitops-common';
import { shortVersion } from './status';

/** Which version a deployment runs, and which it should run. */
export type VersionView =
  | { readonly kind: 'running'; readonly version: string }
  | { readonly kind: 'moving'; readonly from: string; readonly to: string }
  | { readonly kind: 'starting'; readonly version: string }
  | { readonly kind: 'unbuilt' }
  | { readonly kind: 'unknown' };

export function versionOf(deployment: Deployment): VersionView {
  const { desired, live } = deployment;
  if (waitsForFirstBuild(deployment)) {
    return { kind: 'unbuilt' };
  }
  if (!live) {
    return desired
      ? { kind: 'starting', version: nameOf(desired) }
      : { kind: 'unknown' };
  }
  if (!desired || isSame(live, desired)) {
    return { kind: 'running', version: nameOf(live) };
  }
  return live.version === desired.version
    ? { kind: 'moving', from: withDigest(live), to: withDigest(desired) }
    : { kind: 'moving', from: nameOf(live), to: nameOf(desired) };
}

/** A version in one line of plain text. */
export function versionText(view: VersionView): string {
  switch (view.kind) {
    case 'running':
      return view.version;
    case 'moving':
      return `${view.from} → ${view.to}`;
    case 'starting':
      return view.version;
    case 'unbuilt':
      return 'No version yet';
    case 'unknown':
      return 'Not known';
    default:
      return view satisfies never;
  }
}

/**
 * A tag can be pushed again, so releases of one version differ where the same
 * image has another digest. Images that only one side has don't count: a
 * cluster adds sidecars of its own.
 */
function isSame(live: Release, desired: Release): boolean {
  return (
    live.version === desired.version &&
    desired.images.every(({ name, digest }) => {
      const running = live.images.find(image => image.name === name)?.digest;
      return !digest || !running || digest === running;
    })
  );
}

function nameOf({ version }: Release): string {
  return shortVersion(version);
}

function withDigest(release: Release): string {
  const digest = release.images.find(image => image.digest)?.digest;
  const name = nameOf(release);
  return digest ? `${name} @${shortDigest(digest)}` : name;
}

function shortDigest(digest: string): string {
  return digest.replace(/^[^:]*:/, '').slice(0, 7);
}
