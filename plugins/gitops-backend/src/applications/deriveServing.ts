import {
  type Image,
  parseImage,
  type Release,
} from '@callboard/backstage-plugin-gitops-common';
import { type ArgoTreeNode } from '../argocd/detailSchema';
import { mainImageOf, type Named, versionOfImage } from './deriveRelease';

/** What keeps pods running that serve; the pods of Jobs come to an end. */
const KEEPERS: readonly string[] = [
  'ReplicaSet',
  'StatefulSet',
  'DaemonSet',
  'ReplicationController',
];

/**
 * The images of the pods that are ready, those of the oldest pods first. Two of
 * one name are two releases, the newer of which is still on its way.
 *
 * @param nodes - of the application's resource tree, which has images of pods only.
 */
export function deriveServingImages(
  nodes: readonly ArgoTreeNode[],
): readonly Image[] {
  return nodes
    .filter(isServing)
    .sort((a, b) => (a.createdAt ?? '').localeCompare(b.createdAt ?? ''))
    .flatMap(({ images }) => (images ?? []).map(parseImage));
}

/**
 * What serves of an older release than the cluster was told to run: a rollout
 * ends old pods as new ones get ready, and one that is stuck leaves them.
 *
 * @param told - what the cluster was told to run.
 * @param serving - of {@link deriveServingImages}.
 * @returns one image of each name that is told of; empty where all is as told,
 *   and where nothing serves.
 */
export function deriveOlderImages(
  told: Release,
  serving: readonly Image[],
): readonly Image[] {
  const names = new Set(told.images.map(({ name }) => name));
  return [...names].flatMap(
    name =>
      serving.find(image => image.name === name && !hasImage(told, image)) ??
      [],
  );
}

/** The release that older images make up, as far as they tell themselves. */
export function deriveOlderRelease(
  told: Release,
  older: readonly Image[],
  named: Named,
): Release {
  const instead = (name: string | undefined) =>
    older.find(image => image.name === name);
  const main = instead(mainImageOf(told, named)?.name);
  return {
    version: main ? versionOfImage(main) : told.version,
    images: told.images.map(image => instead(image.name) ?? image),
  };
}

/**
 * Whether the release may have an image. A tag and a digest can't be compared:
 * clusters turn one into the other.
 */
export function hasImage({ images }: Release, image: Image): boolean {
  return images.some(
    ({ name, tag, digest }) =>
      name === image.name &&
      (digest && image.digest
        ? digest === image.digest
        : !tag || !image.tag || tag === image.tag),
  );
}

function isServing({ kind, health, parentRefs }: ArgoTreeNode): boolean {
  return (
    kind === 'Pod' &&
    health?.status === 'Healthy' &&
    (parentRefs ?? []).some(parent => KEEPERS.includes(parent.kind ?? ''))
  );
}
