import { type HealthStatus, type Revision } from './Deployment';
import { type Source } from './Source';

/**
 * A sync that is over.
 *
 * @public
 */
export interface HistorySync {
  readonly kind: 'sync';
  /** Unique within the history. */
  readonly id: string;
  /** When it was over; ISO 8601, UTC. */
  readonly at: string;
  /** ISO 8601, UTC. */
  readonly startedAt?: string;
  /** `failed`: something could not be applied. `error`: it could not be tried. */
  readonly outcome: 'succeeded' | 'failed' | 'error';
  /**
   * Whether it was about some resources only, as when Argo CD undoes a drift.
   * Everything else that succeeded is a deployment.
   */
  readonly partial: boolean;
  readonly revisions: readonly Revision[];
  /** Images of what it applied; none where Argo CD does not tell. */
  readonly images: readonly string[];
  /** Who asked for it: an entity reference, an account of Argo CD's, or `auto-sync`. */
  readonly by?: string;
  /** Why it did not succeed, in Argo CD's words. */
  readonly message?: string;
}

/**
 * The application came to have another health.
 *
 * @public
 */
export interface HistoryHealth {
  readonly kind: 'health';
  readonly id: string;
  /** ISO 8601, UTC. */
  readonly at: string;
  readonly status: HealthStatus;
  /** Why it is not healthy. */
  readonly message?: string;
}

/**
 * The Argo CD Application was created, or removed.
 *
 * @public
 */
export interface HistoryLife {
  readonly kind: 'life';
  readonly id: string;
  /** ISO 8601, UTC. */
  readonly at: string;
  readonly outcome: 'created' | 'removed';
}

/**
 * Why nobody observed:
 *
 * - `not-running`: the portal did not run.
 * - `unreachable`, `unauthorised`, `limited`: Argo CD could not be read.
 * - `no-events`: Argo CD could be read, but told nothing by itself.
 * - `not-written`: the portal's database could not take what was observed.
 *
 * @public
 */
export type GapReason =
  | 'not-running'
  | 'unreachable'
  | 'unauthorised'
  | 'limited'
  | 'no-events'
  | 'not-written';

/**
 * A time in which nobody observed. What Argo CD remembered afterwards is in
 * the history all the same; what it did not is not known.
 *
 * @public
 */
export interface HistoryGap {
  readonly kind: 'gap';
  readonly id: string;
  /** ISO 8601, UTC. */
  readonly from: string;
  /** Absent while it lasts; ISO 8601, UTC. */
  readonly to?: string;
  readonly reason: GapReason;
}

/**
 * What happened to a deployment, or that it is not known what did.
 *
 * @public
 */
export type HistoryItem =
  | HistorySync
  | HistoryHealth
  | HistoryLife
  | HistoryGap;

/**
 * What `GET …/history` answers: what Argo CD remembers and what the portal
 * observed, newest first.
 *
 * @public
 */
export interface DeploymentHistory {
  readonly items: readonly HistoryItem[];
  /**
   * Since when the portal observes, gaps excepted; absent where it never did.
   * Of what was before there is only what Argo CD still remembered. ISO 8601, UTC.
   */
  readonly observedSince?: string;
  /** For how many days observations are kept. */
  readonly keptForDays: number;
  /** The Argo CD instance and the portal's database: what of it could be read. */
  readonly sources: readonly Source[];
  /** Asks for what is older; absent where there is nothing. */
  readonly nextCursor?: string;
}
