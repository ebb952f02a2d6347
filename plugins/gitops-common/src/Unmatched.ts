import { type ApplicationRef } from './Deployment';
import { type Fix } from './Fix';
import { type Source } from './Source';

/**
 * Why entities and applications don't come together.
 *
 * - `no-entity`: no entity of the catalog has the application
 * - `unknown-entity`: the Application names an entity that the catalog does not
 *   have
 * - `not-selected`: the Application names an entity whose own annotations
 *   select other applications
 * - `several-entities`: several entities have the application, and it names none
 * - `unproven`: nothing but the entity itself says that the application is its
 *   own, so that only its status is shown
 * - `claimed`: an entity's annotation selects an Application that names another
 *   one
 * - `selects-nothing`: an entity's annotation selects no application
 * - `selects-too-many`: an entity selects more applications than one can have,
 *   so that not all of them are shown with it
 * - `approximate`: which objects of an environment's root application are the
 *   entity's was guessed
 * - `stray-workload`: an environment's root application deploys a workload that
 *   no entity has
 *
 * @public
 */
export type UnmatchedReason =
  | 'no-entity'
  | 'unknown-entity'
  | 'not-selected'
  | 'several-entities'
  | 'unproven'
  | 'claimed'
  | 'selects-nothing'
  | 'selects-too-many'
  | 'approximate'
  | 'stray-workload';

/**
 * An application, an entity, or one of each, that could not be matched or whose
 * match could not be proven.
 *
 * @public
 */
export interface Unmatched {
  /** The same as long as the finding is. */
  readonly id: string;
  readonly reason: UnmatchedReason;
  /** Absent where an entity selects none. */
  readonly application?: ApplicationRef;
  /** References of the entities that have to do with it; ten at most. */
  readonly entityRefs: readonly string[];
  /** What was found, in full sentences. */
  readonly message: string;
  readonly fix: Fix;
}

/**
 * Which findings are asked for; all that is given has to match.
 *
 * @public
 */
export interface UnmatchedQuery {
  /** Name of an Argo CD instance; leaves out what is about no application. */
  readonly instance?: string;
  readonly reason?: UnmatchedReason;
  /** Of the answer before. */
  readonly cursor?: string;
  /** How many; 100 unless told, 500 at most. */
  readonly limit?: number;
}

/**
 * What `GET /v1/applications/unmatched` answers.
 *
 * @public
 */
export interface UnmatchedList {
  readonly items: readonly Unmatched[];
  /** How many there are of each reason, with the instance that was asked for. */
  readonly counts: Readonly<Partial<Record<UnmatchedReason, number>>>;
  /** What was looked at: each Argo CD instance, and the catalog. */
  readonly sources: readonly Source[];
  /** When it was worked out; ISO 8601, UTC. */
  readonly checkedAt: string;
  /** Absent on the last page. */
  readonly nextCursor?: string;
}
