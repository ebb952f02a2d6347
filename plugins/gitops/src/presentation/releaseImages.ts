import {
  type Image,
  type Release,
} from '@callboard/backstage-plugin-gitops-common';

/** An image of a deployment: what runs, and what Git asks for. */
export interface ImageRow {
  readonly name: string;
  readonly live?: Image;
  readonly desired?: Image;
  readonly isSame: boolean;
}

/** The images of two releases, side by side. */
export function imageRows(
  live: Release | undefined,
  desired: Release | undefined,
): readonly ImageRow[] {
  const names = new Set(
    [...(desired?.images ?? []), ...(live?.images ?? [])].map(it => it.name),
  );
  return [...names].map(name => {
    const running = live?.images.find(it => it.name === name);
    const wanted = desired?.images.find(it => it.name === name);
    return {
      name,
      live: running,
      desired: wanted,
      isSame: same(running, wanted),
    };
  });
}

/** An image as it is written into a manifest. */
export function imageReference({ name, tag, digest }: Image): string {
  return `${name}${tag ? `:${tag}` : ''}${digest ? `@${digest}` : ''}`;
}

/** Git often names a tag, where the cluster tells the digest behind it too. */
function same(live: Image | undefined, desired: Image | undefined): boolean {
  return (
    live !== undefined &&
    desired !== undefined &&
    live.tag === desired.tag &&
    (!live.digest || !desired.digest || live.digest === desired.digest)
  );
}
