import { z } from 'zod/v4';

/*
 * What we read of Argo CD's API; everything else is ignored. Absent fields are
 * `null` in projected lists and missing elsewhere, and words that we do not
 * know are kept as they are: translating them is the mapping's task.
 */
const text = z.string().nullish();
const texts = z.array(z.string()).nullish();
const dictionary = z.record(z.string(), z.string()).nullish();

const source = z.looseObject({
  repoURL: text,
  path: text,
  targetRevision: text,
  chart: text,
  ref: text,
});

const revisions = { revision: text, revisions: texts };

const initiator = z.object({
  username: text,
  automated: z.boolean().nullish(),
});

const historyEntry = z.object({
  ...revisions,
  initiatedBy: initiator.nullish(),
  id: z.number().nullish(),
  source: source.nullish(),
  sources: z.array(source).nullish(),
  deployStartedAt: text,
  deployedAt: text,
});

const operationState = z.object({
  phase: text,
  message: text,
  startedAt: text,
  finishedAt: text,
  operation: z
    .object({
      sync: z
        .object({
          dryRun: z.boolean().nullish(),
          resources: z.array(z.unknown()).nullish(),
        })
        .nullish(),
      initiatedBy: initiator.nullish(),
      info: z.array(z.object({ name: text, value: text })).nullish(),
    })
    .nullish(),
  syncResult: z
    .object({
      ...revisions,
      source: source.nullish(),
      sources: z.array(source).nullish(),
      resources: z.array(z.object({ images: texts })).nullish(),
    })
    .nullish(),
});

const health = z.object({
  status: text,
  message: text,
  lastTransitionTime: text,
});

const resource = z.object({
  group: text,
  kind: text,
  namespace: text,
  name: text,
  status: text,
  health: health.nullish(),
  hook: z.boolean().nullish(),
  requiresPruning: z.boolean().nullish(),
});

const status = z.object({
  sync: z.object({ status: text, ...revisions }).nullish(),
  health: health.nullish(),
  history: z.array(historyEntry).nullish(),
  operationState: operationState.nullish(),
  conditions: z
    .array(z.object({ type: text, message: text, lastTransitionTime: text }))
    .nullish(),
  resources: z.array(resource).nullish(),
});

export const argoApplication = z.object({
  metadata: z.object({
    name: z.string(),
    namespace: z.string(),
    labels: dictionary,
    annotations: dictionary,
    creationTimestamp: text,
    deletionTimestamp: text,
    finalizers: texts,
    ownerReferences: z.array(z.object({ kind: text, name: text })).nullish(),
  }),
  spec: z.object({
    project: text,
    source: source.nullish(),
    sources: z.array(source).nullish(),
    sourceHydrator: z
      .object({
        syncSource: z
          .object({ repoURL: text, path: text, targetBranch: text })
          .nullish(),
        drySource: source.nullish(),
      })
      .nullish(),
    destination: z
      .object({ server: text, name: text, namespace: text })
      .nullish(),
    syncPolicy: z
      .object({
        automated: z
          .object({
            enabled: z.boolean().nullish(),
            selfHeal: z.boolean().nullish(),
          })
          .nullish(),
      })
      .nullish(),
  }),
  status: status.nullish(),
});

export type ArgoApplication = z.infer<typeof argoApplication>;
export type ArgoStatus = z.infer<typeof status>;
export type ArgoSource = z.infer<typeof source>;
export type ArgoResource = z.infer<typeof resource>;

/** Generators are nested as `matrix` and `merge` want, so they are kept as they are. */
export const argoApplicationSet = z.object({
  spec: z.object({
    generators: z.array(z.unknown()).nullish(),
    template: z
      .object({ metadata: z.object({ name: text }).nullish() })
      .nullish(),
  }),
});

export type ArgoApplicationSet = z.infer<typeof argoApplicationSet>;

// Items are parsed one by one, so that a strange one does not hide the others.
export const applicationList = z.object({
  items: z.array(z.unknown()).nullable(),
});

export const watchEvent = z.union([
  z.object({
    result: z.object({ type: z.string(), application: z.unknown() }),
  }),
  z.object({
    error: z.object({
      grpc_code: z.number().nullish(),
      http_code: z.number().nullish(),
      message: text,
    }),
  }),
]);

export const manifestAnswer = z.object({ manifests: texts });

export const managedResources = z.object({
  items: z
    .array(
      z.object({ kind: text, liveState: text, hook: z.boolean().nullish() }),
    )
    .nullish(),
});

export const sessionAnswer = z.object({ token: z.string().min(1) });

export const errorAnswer = z.object({
  message: text,
  code: z.number().nullish(),
  // An object where a stream could not begin.
  error: z
    .object({ grpc_code: z.number().nullish(), message: text })
    .nullish()
    .catch(undefined),
});
