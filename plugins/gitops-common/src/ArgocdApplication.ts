import { type HealthStatus, type SyncStatus } from './Deployment';
import { type Source } from './Source';

/**
 * Where an application's manifests come from, as Argo CD's API spells it.
 *
 * @public
 */
export interface ArgocdSource {
  readonly repoURL: string;
  readonly path?: string;
  readonly targetRevision?: string;
  /** Of a Helm chart only. */
  readonly chart?: string;
}

/**
 * A sync in an application's history, as Argo CD's API spells it: with
 * `revision` and `source`, or with `revisions` and `sources` where the
 * application has several.
 *
 * @public
 */
export interface ArgocdHistoryEntry {
  readonly id: number;
  readonly revision?: string;
  readonly source?: ArgocdSource;
  readonly revisions?: readonly string[];
  readonly sources?: readonly ArgocdSource[];
  readonly deployStartedAt?: string;
  readonly deployedAt?: string;
}

/**
 * An application in the shape of Argo CD's API, as far as other Argo CD plugins
 * read it.
 *
 * @public
 */
export interface ArgocdApplication {
  readonly metadata: {
    readonly name: string;
    readonly namespace: string;
    /** Unique among all instances; not that of Kubernetes. */
    readonly uid: string;
    /** The instance, with the address of its user interface. */
    readonly instance: { readonly name: string; readonly url: string };
  };
  readonly spec: {
    readonly project: string;
    readonly source?: ArgocdSource;
    readonly sources?: readonly ArgocdSource[];
    readonly destination: {
      readonly server?: string;
      readonly name?: string;
      readonly namespace?: string;
    };
  };
  readonly status: {
    readonly sync: { readonly status: SyncStatus };
    readonly health: { readonly status: HealthStatus };
    /** Also that its instance cannot be read at the moment. Absent without any. */
    readonly conditions?: readonly {
      readonly type: string;
      readonly message: string;
      readonly lastTransitionTime?: string;
    }[];
    readonly operationState?: {
      readonly phase: string;
      readonly startedAt: string;
      readonly finishedAt?: string;
    };
    /** Oldest first; empty also where the caller may see the status only. */
    readonly history: readonly ArgocdHistoryEntry[];
    /** The images that run; empty also where the caller may see the status only. */
    readonly summary: { readonly images: readonly string[] };
  };
}

/**
 * What `GET /v1/applications` answers.
 *
 * @public
 */
export interface ArgocdApplicationList {
  readonly items: readonly ArgocdApplication[];
  /** How well each Argo CD instance that was asked can be read. */
  readonly sources: readonly Source[];
}

/**
 * Which applications are asked for; all that is given has to match. Without
 * `name` and `selector` only those that name their entity are found.
 *
 * @public
 */
export interface ApplicationQuery {
  readonly instance?: string;
  readonly namespace?: string;
  readonly project?: string;
  readonly name?: string;
  /** A Kubernetes label selector. */
  readonly selector?: string;
  /** A repository's address, together with `path`. */
  readonly repo?: string;
  /** A folder of `repo`. */
  readonly path?: string;
}

/**
 * Names a revision in the history of an application.
 *
 * @public
 */
export interface ApplicationRevision {
  readonly instance: string;
  /** Default: any in which there is such an application. */
  readonly namespace?: string;
  readonly name: string;
  readonly revision: string;
}
