import {
  type ApplicationRef,
  type HealthStatus,
  type Revision,
  type SyncStatus,
} from './Deployment';

/**
 * Names a deployment: an application of an entity.
 *
 * @public
 */
export interface DeploymentName
  extends Pick<ApplicationRef, 'instance' | 'namespace' | 'name'> {
  readonly entityRef: string;
}

/**
 * An object of Kubernetes, within one cluster.
 *
 * @public
 */
export interface ResourceName {
  /** Empty for the core group. */
  readonly group: string;
  readonly kind: string;
  /** Empty for what belongs to the whole cluster. */
  readonly namespace: string;
  readonly name: string;
}

/**
 * What Argo CD complains about, or warns of.
 *
 * @public
 */
export interface DeploymentCondition {
  /** Argo CD's word, for example `ComparisonError`. */
  readonly type: string;
  readonly severity: 'error' | 'warning';
  /** What it means, in plain words. */
  readonly meaning: string;
  /** What to do about it. */
  readonly fix: string;
  /** Argo CD's own message, without anything secret. */
  readonly message: string;
  /** ISO 8601, UTC. */
  readonly since?: string;
}

/**
 * What an operation did with one resource.
 *
 * @public
 */
export interface OperationResource extends ResourceName {
  /**
   * Argo CD's word, for example `Synced` or `SyncFailed`; absent while it runs.
   * Of a hook, how it goes: `Running`, `Succeeded`, `Failed`, `Error`.
   */
  readonly status?: string;
  readonly message?: string;
  /** For a hook: when it runs, for example `PreSync`. */
  readonly hook?: string;
}

/**
 * A try of a sync that follows on one that failed.
 *
 * @public
 */
export interface OperationRetry {
  /** Counts the tries after the first. */
  readonly number: number;
  /** How many tries there are after the first; absent where there is no limit. */
  readonly limit?: number;
  /** Argo CD begins it no earlier; ISO 8601, UTC. Absent where that is not known. */
  readonly at?: string;
}

/**
 * A sync, running or over.
 *
 * @public
 */
export interface DeploymentOperation {
  /** Argo CD's word; also `Running` while it waits for its next try. */
  readonly phase:
    | 'Running'
    | 'Terminating'
    | 'Failed'
    | 'Error'
    | 'Succeeded'
    | 'Unknown';
  readonly message?: string;
  /** ISO 8601, UTC. */
  readonly startedAt?: string;
  /** When it was over, or its last try was; ISO 8601, UTC. */
  readonly finishedAt?: string;
  /** There while the last try failed and the next one has not begun. */
  readonly nextTry?: OperationRetry;
  /** Who asked for it: an entity reference, an account of Argo CD's, or `auto-sync`. */
  readonly by?: string;
  readonly dryRun: boolean;
  /** How many times it was tried again. */
  readonly retries: number;
  readonly resources: readonly OperationResource[];
}

/**
 * A successful sync of everything, as Argo CD remembers it.
 *
 * @public
 */
export interface DeploymentHistoryEntry {
  /** Of Argo CD; grows by one each time. */
  readonly id: number;
  /** When it was over; ISO 8601, UTC. */
  readonly at: string;
  readonly revisions: readonly Revision[];
  /** Who asked for it: an account of Argo CD's, or `auto-sync`. */
  readonly by?: string;
}

/**
 * What `GET /v1/deployments/:instance/:namespace/:application` answers: what
 * Argo CD knows of one application.
 *
 * @public
 */
export interface DeploymentDetail {
  readonly application: ApplicationRef;
  readonly syncPolicy: {
    /** Whether Argo CD syncs on its own. */
    readonly automated: boolean;
    /** Whether it then deletes what is no longer in Git. */
    readonly prune: boolean;
    /** Whether it undoes what was changed in the cluster. */
    readonly selfHeal: boolean;
  };
  readonly conditions: readonly DeploymentCondition[];
  readonly operation?: DeploymentOperation;
  /** Newest first; at most what Argo CD keeps, which is ten by default. */
  readonly history: readonly DeploymentHistoryEntry[];
  /** What Git asks for, as Argo CD compared it last. */
  readonly target: readonly Revision[];
  /** When Argo CD last compared it; ISO 8601, UTC. */
  readonly comparedAt?: string;
}

/**
 * A resource of an application, with those that it made.
 *
 * @public
 */
export interface ResourceNode extends ResourceName {
  readonly version: string;
  /** Absent for what is not managed itself, a pod for example. */
  readonly sync?: SyncStatus;
  /** Whether it is no longer in Git and waits to be deleted. */
  readonly requiresPruning?: boolean;
  readonly health?: {
    readonly status: HealthStatus;
    readonly message?: string;
  };
  /** ISO 8601, UTC; absent for what does not exist yet. */
  readonly createdAt?: string;
  /** Images with digest or tag; of pods. */
  readonly images: readonly string[];
  /** How often its containers were restarted; of pods. */
  readonly restarts?: number;
  /** Short facts of Argo CD's, for example `Rev:3` or `1/1`. */
  readonly facts: readonly string[];
  readonly children: readonly ResourceNode[];
}

/**
 * What `GET …/resources` answers.
 *
 * @public
 */
export interface ResourceTree {
  readonly roots: readonly ResourceNode[];
  /** Why less is known of them than there is, in a sentence for a person. */
  readonly incomplete?: string;
}

/**
 * How one resource is, and how it should be.
 *
 * @public
 */
export interface ResourceDiff extends ResourceName {
  /** `create`: it is not there yet. `delete`: it is no longer in Git. */
  readonly change: 'create' | 'update' | 'delete' | 'none';
  /** The live object as YAML; absent where there is none, or nothing differs. */
  readonly live?: string;
  /** The object after a sync as YAML; absent where there is none, or nothing differs. */
  readonly desired?: string;
  /** Whether something was hidden: values of secrets, of environment variables, or for Helm. */
  readonly masked: boolean;
}

/**
 * What `GET …/diff` answers. Resources that differ come first.
 *
 * @public
 */
export interface DeploymentDiff {
  readonly items: readonly ResourceDiff[];
}

/**
 * Something that Kubernetes or Argo CD noted. Kubernetes keeps them for about
 * an hour.
 *
 * @public
 */
export interface DeploymentEvent {
  readonly type: 'Normal' | 'Warning';
  readonly reason: string;
  readonly message: string;
  /** What it is about; absent for the application itself. */
  readonly resource?: Pick<ResourceName, 'kind' | 'namespace' | 'name'>;
  readonly count: number;
  /** When it happened last; ISO 8601, UTC. */
  readonly at?: string;
}

/**
 * What `GET …/events` answers, newest first.
 *
 * @public
 */
export interface DeploymentEventList {
  readonly items: readonly DeploymentEvent[];
  /** Why there may be more than these, in a sentence for a person. */
  readonly incomplete?: string;
}

/**
 * When Argo CD may sync an application.
 *
 * @public
 */
export interface SyncWindow {
  readonly kind: 'allow' | 'deny';
  /** Five fields of cron, in `timeZone`. */
  readonly schedule: string;
  /** For example `1h30m`. */
  readonly duration: string;
  /** Name in the IANA time zone database; absent where the AppProject, which tells it, cannot be read. */
  readonly timeZone?: string;
  /** Whether people may sync all the same. */
  readonly manualSync: boolean;
  readonly isActive: boolean;
  /** When it opens or closes next; ISO 8601, UTC. Absent where that is not known. */
  readonly changesAt?: string;
}

/**
 * What `GET …/sync-windows` answers.
 *
 * @public
 */
export interface SyncWindowList {
  /** Whether a person may sync now. */
  readonly canSync: boolean;
  readonly items: readonly SyncWindow[];
  /** Why their time zones are not known, in a sentence for a person. */
  readonly incomplete?: string;
}

/**
 * Where a revision comes from.
 *
 * @public
 */
export interface RevisionOrigin {
  readonly revision: Revision;
  readonly author?: string;
  /** ISO 8601, UTC. */
  readonly at?: string;
  /** The commit's whole message. */
  readonly message?: string;
  readonly tags: readonly string[];
  /** Why no more is known of it, in a sentence for a person. */
  readonly incomplete?: string;
}

/**
 * What `GET …/revision` answers: one for each source that has a commit.
 *
 * @public
 */
export interface RevisionOriginList {
  readonly items: readonly RevisionOrigin[];
}

/**
 * Names a pod of a deployment.
 *
 * @public
 */
export interface PodName {
  readonly namespace: string;
  readonly name: string;
  /** Default: the only one, or the one that Argo CD takes. */
  readonly container?: string;
  /** Of the container that ran before the last restart. */
  readonly previous?: boolean;
}

/**
 * A line of a pod's log.
 *
 * @public
 */
export interface LogLine {
  /** ISO 8601, UTC. */
  readonly at?: string;
  readonly text: string;
}

/**
 * What `GET …/logs` answers: the last lines of a pod, oldest first.
 *
 * @public
 */
export interface PodLog {
  readonly pod: string;
  readonly container?: string;
  readonly lines: readonly LogLine[];
}

/**
 * What `POST …/sync` takes.
 *
 * @public
 */
export interface SyncRequest {
  /** Deletes what is no longer in Git, too. */
  readonly prune?: boolean;
  /** Only says what would happen. */
  readonly dryRun?: boolean;
  /** Only these; everything where absent. Hooks do not run then. */
  readonly resources?: readonly ResourceName[];
}

/**
 * What the actions on a deployment answer: that they were begun.
 *
 * @public
 */
export interface ActionStarted {
  readonly started: true;
}
