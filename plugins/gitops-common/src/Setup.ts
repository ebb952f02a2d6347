import { type Fix } from './Fix';
import { type Source } from './Source';

/**
 * How a check of the set-up came out. `unknown`: it could not be checked, which
 * says nothing about what was to be checked.
 *
 * @public
 */
export type SetupState = 'ok' | 'warning' | 'error' | 'unknown';

/**
 * What a check is about: the portal itself, an Argo CD instance, an environment
 * or a platform repository.
 *
 * @public
 */
export interface SetupSubject {
  readonly kind: 'portal' | 'argocd' | 'environment' | 'repository';
  /** For example `main`, `production` or `acme/gitops-infra`; empty for the portal. */
  readonly name: string;
  /** Where people open it. */
  readonly url?: string;
}

/**
 * One thing that has to be right for the portal to work, looked at in the real
 * system.
 *
 * @public
 */
export interface SetupCheck {
  /** The same each time, for example `argocd:main/token`. */
  readonly id: string;
  readonly subject: SetupSubject;
  /** What was checked, in a few words. */
  readonly title: string;
  readonly state: SetupState;
  /** What was found, in full sentences. */
  readonly message: string;
  readonly fix?: Fix;
}

/**
 * What `GET /v1/setup` answers.
 *
 * @public
 */
export interface SetupReport {
  /** By subject, in the order of the configuration. */
  readonly items: readonly SetupCheck[];
  /** How well each Argo CD instance can be read. */
  readonly sources: readonly Source[];
  /** When the systems were asked; ISO 8601, UTC. */
  readonly checkedAt: string;
}
