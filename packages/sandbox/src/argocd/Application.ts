import { type KubeObject, type ResourceRef } from '../cluster/KubeObject';

/** The parts of `argoproj.io/v1alpha1` that the sandbox reads and writes. */
export interface Application extends KubeObject {
  spec: ApplicationSpec;
  status?: ApplicationStatus;
  operation?: Operation;
}

export interface ApplicationSpec {
  project?: string;
  destination: Destination;
  source?: ApplicationSource;
  sources?: ApplicationSource[];
  syncPolicy?: SyncPolicy;
  revisionHistoryLimit?: number;
  [field: string]: unknown;
}

export interface Destination {
  server?: string;
  name?: string;
  namespace?: string;
}

export interface ApplicationSource {
  repoURL: string;
  path?: string;
  targetRevision?: string;
  chart?: string;
  kustomize?: Record<string, unknown>;
  [field: string]: unknown;
}

interface SyncPolicy {
  automated?: {
    prune?: boolean;
    selfHeal?: boolean;
    allowEmpty?: boolean;
    enabled?: boolean;
  };
  syncOptions?: string[];
  retry?: RetryStrategy;
  [field: string]: unknown;
}

export interface RetryStrategy {
  limit?: number;
  backoff?: { duration?: string; factor?: number; maxDuration?: string };
}

export interface Operation {
  sync?: SyncOperation;
  initiatedBy?: { username?: string; automated?: boolean };
  info?: { name: string; value: string }[];
  retry?: RetryStrategy;
}

export interface SyncOperation {
  revision?: string;
  prune?: boolean;
  dryRun?: boolean;
  syncStrategy?: unknown;
  resources?: SyncResource[];
  source?: ApplicationSource;
  syncOptions?: string[];
  selfHealAttemptsCount?: number;
}

export interface SyncResource {
  group?: string;
  kind: string;
  name: string;
  namespace?: string;
}

export type SyncCode = 'Unknown' | 'Synced' | 'OutOfSync';
export type HealthCode =
  | 'Unknown'
  | 'Progressing'
  | 'Healthy'
  | 'Suspended'
  | 'Degraded'
  | 'Missing';
export type Phase =
  | 'Running'
  | 'Terminating'
  | 'Failed'
  | 'Error'
  | 'Succeeded';

export interface Health {
  status: HealthCode;
  message?: string;
}

export interface ApplicationStatus {
  sync?: SyncStatus;
  health?: Health & { lastTransitionTime?: string };
  history?: HistoryEntry[];
  operationState?: OperationState;
  resources?: ResourceStatus[];
  conditions?: ApplicationCondition[];
  summary?: { images?: string[] };
  reconciledAt?: string;
  sourceType?: string;
  resourceHealthSource?: string;
  controllerNamespace?: string;
}

export interface SyncStatus {
  status: SyncCode;
  revision?: string;
  comparedTo: { source?: ApplicationSource; destination: Destination };
}

export interface HistoryEntry {
  id: number;
  revision: string;
  source?: ApplicationSource;
  deployStartedAt?: string;
  deployedAt: string;
  initiatedBy: { username?: string; automated?: boolean };
}

export interface OperationState {
  operation: Operation;
  phase: Phase;
  message?: string;
  startedAt: string;
  finishedAt?: string;
  retryCount?: number;
  syncResult?: {
    revision?: string;
    source?: ApplicationSource;
    resources?: readonly ResourceResult[];
  };
}

export interface ResourceResult extends Partial<ResourceRef> {
  version?: string;
  status?: 'Synced' | 'SyncFailed' | 'Pruned' | 'PruneSkipped';
  message?: string;
  hookType?: string;
  hookPhase?: Phase;
  syncPhase?: string;
  images?: string[];
}

export interface ResourceStatus {
  group?: string;
  version?: string;
  kind: string;
  namespace?: string;
  name: string;
  status?: SyncCode;
  health?: Health;
  hook?: boolean;
  requiresPruning?: boolean;
  syncWave?: number;
}

export interface ApplicationCondition {
  type: string;
  message: string;
  lastTransitionTime?: string;
}

const GROUP = 'argoproj.io';
export const CONTROL_PLANE = 'argocd';
export const REFRESH = 'argocd.argoproj.io/refresh';
export const RESOURCES_FINALIZER = 'resources-finalizer.argocd.argoproj.io';

export function isApplication(object: KubeObject): object is Application {
  return (
    object.kind === 'Application' && object.apiVersion.startsWith(`${GROUP}/`)
  );
}

export function applicationRef(
  name: string,
  namespace: string = CONTROL_PLANE,
): ResourceRef {
  return { group: GROUP, kind: 'Application', namespace, name };
}

export function projectOf(application: Application): string {
  return application.spec.project || 'default';
}

/** The one Git source of an application; the sandbox has no Helm, and of several sources it takes the first. */
export function sourceOf(application: Application): ApplicationSource {
  return (
    application.spec.source ?? application.spec.sources?.[0] ?? { repoURL: '' }
  );
}

export function isAutomated(application: Application): boolean {
  const automated = application.spec.syncPolicy?.automated;
  return !!automated && automated.enabled !== false;
}
