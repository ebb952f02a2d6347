/**
 * How well a system that was asked could answer.
 *
 * @public
 */
export type SourceState =
  | 'ok'
  | 'stale'
  | 'unreachable'
  | 'unauthorised'
  | 'limited';

/**
 * A system that an answer was put together from: an Argo CD instance or a
 * repository; or an entity that selects more applications than it can have
 * (`limited`). It lets a partial answer say what is missing.
 *
 * @public
 */
export interface Source {
  /** For example `argocd:main` or `repository:acme/gitops-infra`. */
  readonly name: string;
  readonly state: SourceState;
  /** Since when it has been in this state; ISO 8601, UTC. */
  readonly since: string;
  /** What is wrong and what to do about it, for a person. */
  readonly message?: string;
  /**
   * Whether nothing at all has been read from it since the backend started: then
   * what it would tell is missing from the answer, and not just old.
   */
  readonly neverRead?: boolean;
}
