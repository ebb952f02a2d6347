import {
  type Image,
  parseImage,
  type Release,
} from '@callboard/backstage-plugin-gitops-common';
import { z } from 'zod/v4';
import { type Application } from './Application';
import { parseJson } from './parseJson';

/** Kinds that run containers; the most telling first. */
const WORKLOADS: readonly string[] = [
  'Rollout',
  'Deployment',
  'StatefulSet',
  'DaemonSet',
  'CronJob',
  'Job',
  'ReplicaSet',
  'Pod',
];

const VERSION_LABEL = 'app.kubernetes.io/version';
const NAME_LABEL = 'app.kubernetes.io/name';
const SHORT_DIGEST_LENGTH = 12;

const containers = z.array(z.object({ image: z.string().nullish() })).nullish();
const podTemplate = z.object({ spec: z.object({ containers }).nullish() });

const workload = z.object({
  kind: z.string(),
  metadata: z.object({
    name: z.string().nullish(),
    labels: z.record(z.string(), z.string()).nullish(),
  }),
  spec: z
    .object({
      containers,
      template: podTemplate.nullish(),
      jobTemplate: z
        .object({ spec: z.object({ template: podTemplate }).nullish() })
        .nullish(),
    })
    .nullish(),
});

/** A Kubernetes object that runs containers, as far as a release is about it. */
export type Workload = z.infer<typeof workload>;

/** What a release is named after: its image has the name of one of these. */
export type Named = Pick<Application, 'name' | 'labels' | 'sources'>;

/**
 * The release that Kubernetes objects make up.
 *
 * @param manifests - each an object as JSON, or `null`; rendered or live.
 * @returns nothing if no workload is among them.
 */
export function deriveRelease(
  manifests: readonly string[],
  application: Named,
): Release | undefined {
  return deriveReleaseOf(
    manifests.flatMap(manifest => parseWorkload(parseJson(manifest)) ?? []),
    application,
  );
}

/** The release that workloads make up; nothing if none of them has an image. */
export function deriveReleaseOf(
  workloads: readonly Workload[],
  named: Named,
): Release | undefined {
  const candidates = [...workloads]
    .sort((a, b) => rank(a) - rank(b))
    .flatMap(candidate =>
      imagesOf(candidate).map(image => ({ workload: candidate, image })),
    );
  const main =
    candidates.find(({ image }) => isNamedAfter(image, named)) ?? candidates[0];
  if (!main) {
    return undefined;
  }
  return {
    version: versionOf(main.image, main.workload),
    images: distinct(candidates.map(({ image }) => image)),
  };
}

/** A Kubernetes object as a workload; nothing if it is none. */
export function parseWorkload(object: unknown): Workload | undefined {
  const { data } = workload.safeParse(object);
  return data && WORKLOADS.includes(data.kind) ? data : undefined;
}

/** The image that a release has its version from. */
export function mainImageOf(
  { version, images }: Release,
  named: Named,
): Image | undefined {
  return (
    images.find(image => isNamedAfter(image, named)) ??
    images.find(image => versionOfImage(image) === version) ??
    images[0]
  );
}

/** What an image by itself tells of its version. */
export function versionOfImage({ tag, digest }: Image): string {
  return tag ?? (digest ? shortDigest(digest) : 'latest');
}

function rank({ kind }: Workload): number {
  return WORKLOADS.indexOf(kind);
}

function imagesOf({ spec }: Workload): Image[] {
  const found =
    spec?.template?.spec?.containers ??
    spec?.jobTemplate?.spec?.template.spec?.containers ??
    spec?.containers ??
    [];
  return found.flatMap(({ image }) => (image ? [parseImage(image)] : []));
}

/** Whether the image is the service's own, and not a sidecar's. */
function isNamedAfter(image: Image, { name, labels, sources }: Named): boolean {
  const names = [
    name,
    labels[NAME_LABEL],
    ...sources.map(({ repo }) => lastSegment(repo).replace(/\.git$/, '')),
  ];
  return names.includes(lastSegment(image.name));
}

function lastSegment(path: string): string {
  return path.replace(/\/+$/, '').split('/').at(-1) ?? '';
}

function versionOf(image: Image, { metadata }: Workload): string {
  return image.tag ?? metadata.labels?.[VERSION_LABEL] ?? versionOfImage(image);
}

function shortDigest(digest: string): string {
  return (digest.split(':').at(-1) ?? '').slice(0, SHORT_DIGEST_LENGTH);
}

function distinct(images: Image[]): Image[] {
  return [
    ...new Map(images.map(image => [JSON.stringify(image), image])).values(),
  ];
}
