import { createHash } from 'node:crypto';
import {
  ENTITY_REF_ANNOTATION,
  type HealthStatus,
  type SyncStatus,
} from '@callboard/backstage-plugin-gitops-common';
import {
  type ArgoApplication,
  type ArgoSource,
  type ArgoStatus,
} from '../argocd/schema';
import { withoutSecrets } from '../deployments/toPublicText';
import {
  type Application,
  type ApplicationSource,
  type Condition,
  type Deployed,
  type HistoryEntry,
  type Operation,
  type SourceRevision,
} from './Application';
import { keepHistory } from './history';
import { initiatorOf, whoAsked } from './initiator';
import { withoutAbsent } from './withoutAbsent';
import { withoutCredentials } from './withoutCredentials';

/** Translates what an instance tells about an application. */
export function mapApplication(
  instance: string,
  application: ArgoApplication,
): Application {
  const { metadata, spec, status } = application;
  const sources = rawSources(application);
  const { drySource } = spec.sourceHydrator ?? {};
  return {
    id: `${instance}/${metadata.namespace}/${metadata.name}`,
    instance,
    namespace: metadata.namespace,
    name: metadata.name,
    ...withoutAbsent({
      createdAt: metadata.creationTimestamp,
      deletedAt: metadata.deletionTimestamp,
    }),
    project: spec.project ?? 'default',
    labels: metadata.labels ?? {},
    annotations: telling(metadata.annotations ?? {}),
    ...withoutAbsent({ applicationSet: applicationSetOf(metadata) }),
    sources: sources.map(mapSource),
    ...(drySource && { drySource: mapSource(drySource) }),
    sourcesHash: hash(drySource ? [...sources, drySource] : sources),
    destination: withoutAbsent({
      server: spec.destination?.server,
      name: spec.destination?.name,
      namespace: spec.destination?.namespace,
    }),
    automated: isAutomated(spec.syncPolicy),
    selfHeals: selfHeals(spec.syncPolicy),
    ...mapStatus(status ?? {}),
  };
}

function applicationSetOf({
  ownerReferences,
}: ArgoApplication['metadata']): string | undefined {
  return (
    ownerReferences?.find(({ kind }) => kind === 'ApplicationSet')?.name ??
    undefined
  );
}

// Others are of no use here, and may hold anything: the whole spec as kubectl
// wrote it down, and with it what somebody wrote into helm values.
const KEPT: readonly string[] = [ENTITY_REF_ANNOTATION];

function telling(
  annotations: Readonly<Record<string, string>>,
): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(annotations).filter(([key]) => KEPT.includes(key)),
  );
}

function mapStatus(
  status: ArgoStatus,
): Pick<
  Application,
  'sync' | 'health' | 'deployed' | 'keptHistory' | 'operation' | 'conditions'
> {
  return {
    sync: {
      status: toSyncStatus(status.sync?.status),
      revisions: revisionsOf(status.sync ?? {}),
    },
    health: withoutAbsent({
      status: toHealthStatus(status.health?.status),
      since: status.health?.lastTransitionTime,
    }),
    ...withoutAbsent({
      deployed: deriveDeployed(status),
      operation: mapOperation(status),
    }),
    keptHistory: keepHistory((status.history ?? []).map(mapHistoryEntry)),
    conditions: (status.conditions ?? []).map(mapCondition),
  };
}

const SYNC_STATUSES: readonly string[] = [
  'Synced',
  'OutOfSync',
] satisfies SyncStatus[];

/** Argo CD's word for the sync status; words we don't know are `Unknown`. */
export function toSyncStatus(word: string | null | undefined): SyncStatus {
  return word && SYNC_STATUSES.includes(word)
    ? (word as SyncStatus)
    : 'Unknown';
}

const HEALTH_STATUSES: readonly string[] = [
  'Healthy',
  'Progressing',
  'Suspended',
  'Degraded',
  'Missing',
] satisfies HealthStatus[];

/** Argo CD's word for the health; words we don't know are `Unknown`. */
export function toHealthStatus(word: string | null | undefined): HealthStatus {
  return word && HEALTH_STATUSES.includes(word)
    ? (word as HealthStatus)
    : 'Unknown';
}

// A hydrated application is deployed from what was hydrated.
function rawSources({ spec }: ArgoApplication): ArgoSource[] {
  const { sourceHydrator, sources, source } = spec;
  if (sourceHydrator?.syncSource) {
    const { repoURL, path, targetBranch } = sourceHydrator.syncSource;
    return [
      {
        repoURL: repoURL ?? sourceHydrator.drySource?.repoURL,
        path,
        targetRevision: targetBranch,
      },
    ];
  }
  if (sources && sources.length > 0) {
    return sources;
  }
  return source ? [source] : [];
}

function mapSource(source: ArgoSource): ApplicationSource {
  const repo = withoutCredentials(source.repoURL ?? '');
  return {
    kind: kindOf(source, repo),
    repo,
    path: trimPath(source.path ?? ''),
    ...(source.chart && { chart: source.chart }),
    ...(source.ref &&
      !source.path &&
      !source.chart && { isReferenceOnly: true }),
    targetRevision: source.targetRevision || 'HEAD',
  };
}

function kindOf(source: ArgoSource, repo: string): ApplicationSource['kind'] {
  if (source.chart) {
    return 'chart';
  }
  return repo.startsWith('oci://') ? 'oci' : 'git';
}

/** A folder without `.`, and without slashes before and after it. */
export function trimPath(path: string): string {
  return path
    .split('/')
    .filter(segment => segment && segment !== '.')
    .join('/');
}

function isAutomated(policy: ArgoApplication['spec']['syncPolicy']): boolean {
  return Boolean(policy?.automated) && policy?.automated?.enabled !== false;
}

function selfHeals(policy: ArgoApplication['spec']['syncPolicy']): boolean {
  return isAutomated(policy) && policy?.automated?.selfHeal === true;
}

/**
 * What was last deployed: the last entry of the history, or the last
 * operation where there is no history (yet). Partial syncs, as self-heal makes
 * them, bring no new release.
 */
function deriveDeployed(status: ArgoStatus): Deployed | undefined {
  const entry = status.history?.at(-1);
  if (entry) {
    return withoutAbsent({
      at: entry.deployedAt,
      revisions: pairRevisions(entry),
    });
  }
  const { operationState } = status;
  if (
    operationState?.phase !== 'Succeeded' ||
    !operationState.syncResult ||
    isPartial(operationState)
  ) {
    return undefined;
  }
  return withoutAbsent({
    at: operationState.finishedAt,
    revisions: pairRevisions(operationState.syncResult),
  });
}

function mapHistoryEntry(
  entry: NonNullable<ArgoStatus['history']>[number],
): HistoryEntry {
  return withoutAbsent({
    id: entry.id ?? 0,
    startedAt: entry.deployStartedAt,
    at: entry.deployedAt,
    by: initiatorOf(entry.initiatedBy),
    revisions: pairSources(entry).map(({ source, value }) =>
      withoutAbsent({
        kind: source.kind,
        repo: source.repo,
        value,
        chart: source.chart,
      }),
    ),
  });
}

/** What a sync brought. */
interface Synced {
  readonly revision?: string | null;
  readonly revisions?: string[] | null;
  readonly source?: ArgoSource | null;
  readonly sources?: ArgoSource[] | null;
}

/** What a sync brought, each revision with its source. */
export function pairRevisions(entry: Synced): SourceRevision[] {
  return pairSources(entry).map(({ source: { kind, repo }, value }) => ({
    kind,
    repo,
    value,
  }));
}

function pairSources(
  entry: Synced,
): { source: ApplicationSource; value: string }[] {
  const single = entry.source ? [entry.source] : [];
  const sources = entry.sources?.length ? entry.sources : single;
  return revisionsOf(entry).flatMap((value, index) => {
    const source = sources[index];
    return source?.repoURL ? [{ source: mapSource(source), value }] : [];
  });
}

/** One revision for each source. */
export function revisionsOf(at: {
  revision?: string | null;
  revisions?: string[] | null;
}): string[] {
  if (at.revisions && at.revisions.length > 0) {
    return at.revisions;
  }
  return at.revision ? [at.revision] : [];
}

/** Phases in which an operation is over. */
const FINAL_PHASES: readonly string[] = ['Succeeded', 'Failed', 'Error'];

function mapOperation({ operationState }: ArgoStatus): Operation | undefined {
  if (!operationState?.phase) {
    return undefined;
  }
  const { phase, operation, syncResult } = operationState;
  const isOver = FINAL_PHASES.includes(phase);
  return {
    ...withoutAbsent({
      phase,
      message: operationState.message && withoutSecrets(operationState.message),
      startedAt: operationState.startedAt,
      finishedAt: operationState.finishedAt,
      by: whoAsked(operation),
    }),
    dryRun: operation?.sync?.dryRun ?? false,
    partial: isPartial(operationState),
    revisions: pairRevisions(syncResult ?? {}),
    // They come one by one while it runs.
    images: isOver ? imagesOf(syncResult) : [],
  };
}

type ArgoOperationState = NonNullable<ArgoStatus['operationState']>;

function isPartial({ operation }: ArgoOperationState): boolean {
  return Boolean(operation?.sync?.resources?.length);
}

function imagesOf(result: ArgoOperationState['syncResult']): string[] {
  const images = (result?.resources ?? []).flatMap(it => it.images ?? []);
  return [...new Set(images)].sort();
}

function mapCondition(
  condition: NonNullable<ArgoStatus['conditions']>[number],
): Condition {
  return withoutAbsent({
    type: condition.type ?? '',
    message: withoutSecrets(condition.message ?? ''),
    since: condition.lastTransitionTime,
  });
}

function hash(value: unknown): string {
  return createHash('sha256')
    .update(JSON.stringify(value))
    .digest('base64url')
    .slice(0, 16);
}
