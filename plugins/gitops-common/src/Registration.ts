import { type WriteMode } from './Environment';
import { type RegistrationKind } from './RegistrationKind';
import { type Source } from './Source';

/**
 * Where a registration stands. `proposed` and `removing` wait for a pull
 * request.
 *
 * @public
 */
export type RegistrationState =
  | 'absent'
  | 'proposed'
  | 'registered'
  | 'removing';

/**
 * A pull request that somebody has to merge.
 *
 * @public
 */
export interface PullRequest {
  readonly number: number;
  readonly url: string;
  readonly title: string;
  /** What it still waits for, for a person: `1 approving review by platform`. */
  readonly waitsFor?: string;
  /** Absent while the Git hosting has not computed it. */
  readonly mergeable?: boolean;
}

/**
 * A version that was built and is not in its environment yet: CI may not write
 * to the service's main branch, so somebody has to merge CI's pull request.
 *
 * @public
 */
export interface WaitingRelease {
  /** Absent where the title of the pull request does not tell it. */
  readonly version?: string;
  /** In the service repository. Its title is what anybody wrote there. */
  readonly pullRequest: PullRequest;
}

/**
 * A commit, with where to look at it.
 *
 * @public
 */
export interface Commit {
  readonly sha: string;
  readonly url: string;
}

/**
 * Whether a service is registered for an environment.
 *
 * @public
 */
export interface Registration {
  readonly environment: string;
  readonly write: WriteMode;
  readonly state: RegistrationState;
  readonly kind?: RegistrationKind;
  /** Clusters that have an entry. */
  readonly clusters: readonly string[];
  readonly pullRequest?: PullRequest;
  /** Absent where none waits, or where the service repository cannot be read. */
  readonly release?: WaitingRelease;
  /** The environment's kustomization in the Git hosting. */
  readonly url: string;
}

/**
 * What `GET /v1/registrations` answers: one item for each environment, in order.
 *
 * @public
 */
export interface RegistrationList {
  readonly items: readonly Registration[];
  readonly sources: readonly Source[];
}

/**
 * What `POST /v1/registrations` takes.
 *
 * @public
 */
export interface RegisterRequest {
  /** Entity reference of the service, for example `component:default/cart`. */
  readonly entityRef: string;
  /** Entity reference of the owner; counts only while the entity is not in the catalog. */
  readonly owner?: string;
  /** Web address of the service repository; taken from the entity where absent. */
  readonly repository?: string;
  /** Default: the first environment. */
  readonly environment?: string;
  /** Name of one of the environment's layouts; default: the first. */
  readonly layout?: string;
  /** Says what would be written, and writes nothing. */
  readonly dryRun?: boolean;
}

/**
 * What becomes of a removed registration's workloads.
 *
 * @public
 */
export type WorkloadsOnRemoval = 'keep' | 'delete';

/**
 * What `DELETE /v1/registrations` takes, in its query.
 *
 * @public
 */
export interface DeregisterRequest {
  readonly entityRef: string;
  readonly environment: string;
  readonly workloads: WorkloadsOnRemoval;
  readonly dryRun?: boolean;
}

/**
 * What becomes of a file. Only of the lines that change is told what they are:
 * not everybody who may register a service may read the platform repository.
 *
 * @public
 */
export interface FileChange {
  readonly path: string;
  /** Hunks of a unified diff without context: `@@ -12,0 +13,1 @@` and lines. */
  readonly diff: string;
}

/**
 * What a registration or its removal did.
 *
 * @public
 */
export interface RegistrationChange {
  /** `unchanged` where there was nothing left to do. */
  readonly outcome: 'committed' | 'proposed' | 'unchanged' | 'planned';
  readonly environment: string;
  readonly repository: string;
  readonly files: readonly FileChange[];
  readonly commit?: Commit;
  readonly pullRequest?: PullRequest;
  /** What people should know, for example what will be pruned. */
  readonly notes: readonly string[];
}
