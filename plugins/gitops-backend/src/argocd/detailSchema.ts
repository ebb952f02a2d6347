import { z } from 'zod/v4';

/*
 * What we read of Argo CD's API about one application; everything else is
 * ignored. Absent fields may be `null` or missing.
 */
const text = z.string().nullish();
const texts = z.array(z.string()).nullish();
const flag = z.boolean().nullish();
const count = z.number().nullish();

const resourceName = {
  group: text,
  version: text,
  kind: text,
  namespace: text,
  name: text,
};

const source = z.object({
  repoURL: text,
  path: text,
  targetRevision: text,
  chart: text,
});

const sourced = {
  revision: text,
  revisions: texts,
  source: source.nullish(),
  sources: z.array(source).nullish(),
};

const initiator = z.object({ username: text, automated: flag });

const operationState = z.object({
  phase: text,
  message: text,
  startedAt: text,
  finishedAt: text,
  retryCount: count,
  operation: z
    .object({
      sync: z.object({ dryRun: flag }).nullish(),
      initiatedBy: initiator.nullish(),
      info: z.array(z.object({ name: text, value: text })).nullish(),
      retry: z
        .object({
          limit: count,
          backoff: z
            .object({ duration: text, factor: count, maxDuration: text })
            .nullish(),
        })
        .nullish(),
    })
    .nullish(),
  syncResult: z
    .object({
      resources: z
        .array(
          z.object({
            ...resourceName,
            status: text,
            message: text,
            hookType: text,
            hookPhase: text,
          }),
        )
        .nullish(),
    })
    .nullish(),
});

const resource = z.object({
  ...resourceName,
  status: text,
  requiresPruning: flag,
  hook: flag,
});

/** `GET /applications/{name}`. */
export const applicationDetail = z.object({
  metadata: z.object({ deletionTimestamp: text }),
  spec: z.object({
    ...{ source: source.nullish(), sources: z.array(source).nullish() },
    sourceHydrator: z
      .object({
        syncSource: z.object({ repoURL: text, path: text }).nullish(),
        drySource: source.nullish(),
      })
      .nullish(),
    syncPolicy: z
      .object({
        automated: z
          .object({ enabled: flag, prune: flag, selfHeal: flag })
          .nullish(),
      })
      .nullish(),
  }),
  /** There while an operation is about to begin, or runs. */
  operation: z.unknown().optional(),
  status: z
    .object({
      sync: z.object({ revision: text, revisions: texts }).nullish(),
      history: z
        .array(
          z.object({
            ...sourced,
            id: count,
            deployedAt: text,
            initiatedBy: initiator.nullish(),
          }),
        )
        .nullish(),
      operationState: operationState.nullish(),
      conditions: z
        .array(
          z.object({ type: text, message: text, lastTransitionTime: text }),
        )
        .nullish(),
      resources: z.array(resource).nullish(),
      reconciledAt: text,
    })
    .nullish(),
});

export type ArgoDetail = z.infer<typeof applicationDetail>;
export type ArgoDetailStatus = NonNullable<ArgoDetail['status']>;
export type ArgoOperationState = z.infer<typeof operationState>;
export type ArgoManagedResource = z.infer<typeof resource>;
export type ArgoHistoryEntry = NonNullable<ArgoDetailStatus['history']>[number];

const treeNode = z.object({
  ...resourceName,
  uid: text,
  parentRefs: z.array(z.object({ ...resourceName, uid: text })).nullish(),
  info: z.array(z.object({ name: text, value: text })).nullish(),
  images: texts,
  health: z.object({ status: text, message: text }).nullish(),
  createdAt: text,
});

export type ArgoTreeNode = z.infer<typeof treeNode>;

/** `GET …/resource-tree`. */
export const resourceTree = z.object({ nodes: z.array(treeNode).nullish() });

const resourceState = z.object({
  ...resourceName,
  normalizedLiveState: text,
  predictedLiveState: text,
  liveState: text,
  targetState: text,
  hook: flag,
  modified: flag,
});

export type ArgoResourceState = z.infer<typeof resourceState>;

/** `GET …/managed-resources`. */
export const resourceStates = z.object({
  items: z.array(resourceState).nullish(),
});

const event = z.object({
  type: text,
  reason: text,
  message: text,
  count,
  firstTimestamp: text,
  lastTimestamp: text,
  eventTime: text,
  series: z.object({ count, lastObservedTime: text }).nullish(),
  involvedObject: z
    .object({ kind: text, namespace: text, name: text })
    .nullish(),
});

export type ArgoEvent = z.infer<typeof event>;

/** `GET …/events`. */
export const eventList = z.object({ items: z.array(event).nullish() });

const syncWindow = z.object({
  kind: text,
  schedule: text,
  duration: text,
  manualSync: flag,
});

export type ArgoSyncWindow = z.infer<typeof syncWindow>;

/** `GET …/syncwindows`. */
export const syncWindowState = z.object({
  activeWindows: z.array(syncWindow).nullish(),
  assignedWindows: z.array(syncWindow).nullish(),
  canSync: flag,
});

export type ArgoSyncWindows = z.infer<typeof syncWindowState>;

/** `GET /projects/{name}`: the only answer that tells the windows' time zones. */
export const projectWindows = z.object({
  spec: z.object({
    syncWindows: z.array(syncWindow.extend({ timeZone: text })).nullish(),
  }),
});

export type ArgoProjectWindow = NonNullable<
  z.infer<typeof projectWindows>['spec']['syncWindows']
>[number];

/** `GET …/revisions/{revision}/metadata`. */
export const revisionMetadata = z.object({
  author: text,
  date: text,
  message: text,
  tags: texts,
});

export type ArgoRevisionMetadata = z.infer<typeof revisionMetadata>;

/** A line of `GET …/logs`. */
export const logEntry = z.union([
  z.object({
    result: z.object({
      content: text,
      timeStampStr: text,
      podName: text,
      last: flag,
    }),
  }),
  z.object({
    error: z.object({ grpc_code: count, http_code: count, message: text }),
  }),
]);

/** Of answers that say no more than that it worked. */
export const anyAnswer = z.unknown();
