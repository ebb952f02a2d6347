import { type RegistrationKind } from './RegistrationKind';

/**
 * How a change of an environment's desired state is written: as a commit on
 * the platform repository's branch, or as a pull request that somebody merges.
 *
 * @public
 */
export type WriteMode = 'commit' | 'pull-request';

/**
 * A cluster of an environment, as far as readers may know it.
 *
 * @public
 */
export interface Cluster {
  readonly name: string;
  /** Name of the Argo CD instance that deploys to it. */
  readonly instance: string;
  readonly labels: Readonly<Record<string, string>>;
}

/**
 * A way in which an environment lets services be registered.
 *
 * @public
 */
export interface LayoutOption {
  readonly name: string;
  readonly kind: RegistrationKind;
  /** What people should know before they choose it. */
  readonly notes: readonly string[];
  /** Why it cannot be used at the moment, with what to do; absent where it can. */
  readonly refused?: string;
}

/**
 * An ordered stage, such as `dev`, `staging` or `production`.
 *
 * @public
 */
export interface Environment {
  readonly name: string;
  readonly write: WriteMode;
  /** Web address of the repository that Argo CD watches. */
  readonly platformRepo: string;
  /** Never empty. */
  readonly clusters: readonly Cluster[];
  /** Ways to register a service; the first is used where nobody says otherwise. */
  readonly layouts?: readonly LayoutOption[];
}

/**
 * What `GET /v1/environments` answers: the environments in order of promotion.
 *
 * @public
 */
export interface EnvironmentList {
  readonly items: readonly Environment[];
  /** Where the repositories of new services are created; absent where nobody has said. */
  readonly newRepositories?: {
    /** Web address of the organisation. */
    readonly url: string;
  };
}
