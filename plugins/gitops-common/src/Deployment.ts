import { type DeploymentAccess } from './DeploymentAccess';
import { type Release } from './Release';
import { type Source } from './Source';

/**
 * Argo CD's sync status.
 *
 * @public
 */
export type SyncStatus = 'Synced' | 'OutOfSync' | 'Unknown';

/**
 * Argo CD's health status.
 *
 * @public
 */
export type HealthStatus =
  | 'Healthy'
  | 'Progressing'
  | 'Suspended'
  | 'Degraded'
  | 'Missing'
  | 'Unknown';

/**
 * A source revision of an application.
 *
 * @public
 */
export interface Revision {
  readonly kind: 'git' | 'chart' | 'oci';
  /** The repository's address as the Application spells it. */
  readonly repo: string;
  /**
   * A full commit SHA, or a chart version. Of a service that its environment's
   * root application deploys, what the remote base asks for: a branch, a tag or
   * a commit.
   */
  readonly value: string;
  /** Where a person can look at it. */
  readonly url?: string;
}

/**
 * The Argo CD Application behind a deployment.
 *
 * @public
 */
export interface ApplicationRef {
  readonly instance: string;
  readonly namespace: string;
  readonly name: string;
  /** In Argo CD's user interface. */
  readonly url?: string;
}

/**
 * Marks a deployment that an ApplicationSet has made of a pull request. It
 * belongs to no environment.
 *
 * @public
 */
export interface Preview {
  /** Absent where the name of the application does not tell. */
  readonly pullRequest?: { readonly number: number; readonly url?: string };
}

/**
 * Why a row may be wrong, for a person, with what makes it certain.
 *
 * @public
 */
export interface Approximation {
  readonly message: string;
}

/**
 * What runs for one service in one environment on one cluster.
 *
 * @public
 */
export interface Deployment {
  /** Name of a configured environment; absent where the destination is none of theirs, and for previews. */
  readonly environment?: string;
  /** Name of the cluster; the destination's address where it is not configured. */
  readonly cluster: string;
  readonly application: ApplicationRef;
  readonly preview?: Preview;
  /** Name of the ApplicationSet that has generated the application. */
  readonly applicationSet?: string;
  /** What Git asks for; absent until Argo CD has rendered it. */
  readonly desired?: Release;
  /**
   * What the cluster runs; absent while nothing is there, or it is not known.
   * While a rollout is on its way, or stuck, the older release that still serves.
   */
  readonly live?: Release;
  readonly sync: { readonly status: SyncStatus; readonly message?: string };
  readonly health: { readonly status: HealthStatus; readonly message?: string };
  /** Revisions that the live state was deployed from. Empty if nothing was deployed yet, or they are not known. */
  readonly revisions: readonly Revision[];
  /** When the live release went live; ISO 8601, UTC. Absent where it is not known. */
  readonly since?: string;
  /**
   * Marks a row that may be wrong: the application deploys several services, and
   * which of its objects are this one's was guessed.
   */
  readonly approximate?: Approximation;
  /** When this was last heard from Argo CD; ISO 8601, UTC. */
  readonly observedAt: string;
  /** What the caller may do with it. */
  readonly access: DeploymentAccess;
}

/**
 * What `GET /v1/deployments` answers.
 *
 * @public
 */
export interface DeploymentList {
  /** In order of the environments, then of their clusters. */
  readonly items: readonly Deployment[];
  readonly sources: readonly Source[];
  /** The signals channel that tells when this answer changes. */
  readonly channel: string;
  /**
   * The signals channel on which the backend's process that gave this answer
   * says every {@link PULSE_PERIOD_MS} that it tells: a {@link ChangeSignal} with
   * the next version. The first one that is heard, and any that is not the next,
   * say that changes may have been missed: read the answer again. Many changes
   * at once are told this way only. Where it is silent, nobody tells of changes.
   */
  readonly pulse: string;
}

/**
 * After how many milliseconds the message on a pulse channel is followed by the
 * next.
 *
 * @public
 */
export const PULSE_PERIOD_MS = 5_000;

/**
 * The message on a signals channel: that something changed, not what. `version`
 * grows with every change.
 *
 * @public
 */
export interface ChangeSignal {
  readonly version: number;
  readonly [key: string]: number;
}
