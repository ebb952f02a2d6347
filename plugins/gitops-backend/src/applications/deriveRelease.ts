import {
  type Image,
  parseImage,
  type Release,
} from '@callboard/backstage-plugin-gitops-common';
import { z } from 'zod/v4';
import { type Application } from './Application';

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

type Workload = z.infer<typeof workload>;

/**
 * The release that Kubernetes objects make up.
 *
 * @param manifests - each an object as JSON, or `null`; rendered or live.
 * @returns nothing if no workload is among them.
 */
export function deriveRelease(
  manifests: readonly string[],
  application: Pick<Application, 'name' | 'labels' | 'sources'>,
): Release | undefined {
  const workloads = manifests
    .flatMap(parseWorkload)
    .sort((a, b) => rank(a) - rank(b));
  const candidates = workloads.flatMap(candidate =>
    imagesOf(candidate).map(image => ({ workload: candidate, image })),
  );
  const main =
    candidates.find(({ image }) => isNamedAfter(image, application)) ??
    candidates[0];
  if (!main) {
    return undefined;
  }
  return {
    version: versionOf(main.image, main.workload),
    images: distinct(candidates.map(({ image }) => image)),
  };
}

function parseWorkload(manifest: string): Workload[] {
  try {
    const { data } = workload.safeParse(JSON.parse(manifest));
    return data && WORKLOADS.includes(data.kind) ? [data] : [];
  } catch {
    return [];
  }
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
function isNamedAfter(
  image: Image,
  { name, labels, sources }: Pick<Application, 'name' | 'labels' | 'sources'>,
): boolean {
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
  return (
    image.tag ??
    metadata.labels?.[VERSION_LABEL] ??
    (image.digest ? shortDigest(image.digest) : 'latest')
  );
}

function shortDigest(digest: string): string {
  return (digest.split(':').at(-1) ?? '').slice(0, SHORT_DIGEST_LENGTH);
}

function distinct(images: Image[]): Image[] {
  return [
    ...new Map(images.map(image => [JSON.stringify(image), image])).values(),
  ];
}
