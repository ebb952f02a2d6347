import {
  type HealthStatus,
  type Revision,
  type SyncStatus,
} from '@callboard/backstage-plugin-gitops-common';

/** Where an application's manifests come from. */
export interface ApplicationSource {
  readonly kind: Revision['kind'];
  /** As the Application spells it, without credentials. */
  readonly repo: string;
  /** Folder within the repository; empty for its root. */
  readonly path: string;
  /** Name of the Helm chart, where it is one. */
  readonly chart?: string;
  /** Whether nothing of it is applied: other sources take values from it. */
  readonly isReferenceOnly?: boolean;
  /** Branch, tag, commit or version; `HEAD` where none is given. */
  readonly targetRevision: string;
}

/** A repository's content at a revision. */
export type SourceRevision = Pick<Revision, 'kind' | 'repo' | 'value'>;

/** What was last deployed. */
export interface Deployed {
  /** ISO 8601, UTC. */
  readonly at?: string;
  readonly revisions: readonly SourceRevision[];
}

/** A sync that Argo CD remembers; it keeps the last ten unless told otherwise. */
export interface HistoryEntry {
  /** Counts up within the application. */
  readonly id: number;
  /** ISO 8601, UTC. */
  readonly startedAt?: string;
  /** ISO 8601, UTC. */
  readonly at?: string;
  /** One for each source; a chart's with its name. */
  readonly revisions: readonly (SourceRevision & { readonly chart?: string })[];
  /** An account of Argo CD's, or `auto-sync`. */
  readonly by?: string;
}

/** The last sync operation, finished or not. */
export interface Operation {
  readonly phase: string;
  readonly message?: string;
  readonly startedAt?: string;
  readonly finishedAt?: string;
  /** The person whom the portal asked for, an account of Argo CD's, or `auto-sync`. */
  readonly by?: string;
  /** Whether it only tried. */
  readonly dryRun: boolean;
  /** Whether it was about some resources only, as when Argo CD undoes a drift. */
  readonly partial: boolean;
  /** What it applied, or tried to. */
  readonly revisions: readonly SourceRevision[];
  /** Images of what it applied; none where Argo CD does not tell (before 3.1). */
  readonly images: readonly string[];
}

/** A condition that Argo CD reports about an application. */
export interface Condition {
  readonly type: string;
  readonly message: string;
  readonly since?: string;
}

/** An Argo CD Application, as far as it is used here. */
export interface Application {
  /** Unique among all instances. */
  readonly id: string;
  readonly instance: string;
  readonly namespace: string;
  readonly name: string;
  /** ISO 8601, UTC. */
  readonly createdAt?: string;
  /** When its deletion was asked for; ISO 8601, UTC. */
  readonly deletedAt?: string;
  readonly project: string;
  readonly labels: Readonly<Record<string, string>>;
  /** Only those that are read here. */
  readonly annotations: Readonly<Record<string, string>>;
  /** Name of the ApplicationSet that has generated it. */
  readonly applicationSet?: string;
  readonly sources: readonly ApplicationSource[];
  /** What people edit, where Argo CD hydrates it into another branch first. */
  readonly drySource?: ApplicationSource;
  /** Differs where sources differ in anything, helm values for example. */
  readonly sourcesHash: string;
  readonly destination: {
    readonly server?: string;
    readonly name?: string;
    readonly namespace?: string;
  };
  /** Whether Argo CD syncs it on its own. */
  readonly automated: boolean;
  /** Whether Argo CD undoes on its own what was changed in the cluster. */
  readonly selfHeals: boolean;
  readonly sync: {
    readonly status: SyncStatus;
    /** What it was compared to, one for each source: what Git asks for. */
    readonly revisions: readonly string[];
  };
  readonly health: { readonly status: HealthStatus; readonly since?: string };
  readonly deployed?: Deployed;
  /** Past deployments, as one text: read it with `historyOf`. */
  readonly keptHistory: string;
  readonly operation?: Operation;
  readonly conditions: readonly Condition[];
}
