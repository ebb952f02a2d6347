import { z } from 'zod/v4';
import { parseWorkload, type Workload } from './deriveRelease';
import { parseJson } from './parseJson';
import { ORIGIN_ANNOTATION, type Origin, parseOrigin } from './parseOrigin';

/**
 * What of a Kubernetes object, rendered or live, tells whose it is and what it
 * runs. Nothing else of it is kept: it may hold secrets.
 */
export interface RootObject {
  readonly kind: string;
  /** API group; empty for the core's. */
  readonly group: string;
  readonly namespace?: string;
  readonly name: string;
  /** Those of {@link SERVICE_LABELS} that it has. */
  readonly labels: Readonly<Record<string, string>>;
  readonly origin?: Origin;
  /** Absent where it runs no containers. */
  readonly workload?: Workload;
}

/** Names the entity, as Backstage's Kubernetes plugin reads it. */
export const KUBERNETES_ID = 'backstage.io/kubernetes-id';
const PART_OF_LABEL = 'app.kubernetes.io/part-of';
export const NAME_LABEL = 'app.kubernetes.io/name';
export const INSTANCE_LABEL = 'app.kubernetes.io/instance';

const SERVICE_LABELS: readonly string[] = [
  KUBERNETES_ID,
  PART_OF_LABEL,
  NAME_LABEL,
  INSTANCE_LABEL,
];

const dictionary = z.record(z.string(), z.unknown()).nullish();
const kubernetesObject = z.object({
  apiVersion: z.string().nullish(),
  kind: z.string(),
  metadata: z.object({
    name: z.string(),
    namespace: z.string().nullish(),
    labels: dictionary,
    annotations: dictionary,
  }),
});

/**
 * @param text - a Kubernetes object as JSON
 * @returns nothing where it is none.
 */
export function parseRootObject(text: string): RootObject | undefined {
  const object = parseJson(text);
  const { data } = kubernetesObject.safeParse(object);
  if (!data) {
    return undefined;
  }
  const { kind, metadata } = data;
  const [group = '', version] = data.apiVersion?.split('/') ?? [];
  const annotation = metadata.annotations?.[ORIGIN_ANNOTATION];
  const origin = parseOrigin(
    typeof annotation === 'string' ? annotation : undefined,
  );
  const workload = parseWorkload(object);
  return {
    kind,
    group: version ? group : '',
    ...(metadata.namespace && { namespace: metadata.namespace }),
    name: metadata.name,
    labels: telling(metadata.labels ?? {}),
    ...(origin && { origin }),
    ...(workload && { workload }),
  };
}

function telling(labels: Record<string, unknown>): Record<string, string> {
  return Object.fromEntries(
    SERVICE_LABELS.flatMap(key => {
      const value = labels[key];
      return typeof value === 'string' && value ? [[key, value]] : [];
    }),
  );
}
