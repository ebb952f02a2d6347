import { type Deployment } from './Deployment';
import { type DeploymentName } from './DeploymentDetail';
import { type DeploymentState } from './DeploymentState';
import { type Source } from './Source';

/**
 * How many entities one question may be about.
 *
 * @public
 */
export const MOST_ENTITIES_AT_ONCE = 500;

/**
 * What runs where of one of several entities.
 *
 * @public
 */
export interface EntityDeployments {
  readonly entityRef: string;
  /** In order of the environments, then of their clusters. */
  readonly deployments: readonly Deployment[];
  /** The signals channel that tells when this changes. */
  readonly channel: string;
}

/**
 * What `POST /v1/deployments/by-entities` answers. Entities that are not in the
 * catalog, or not for the caller, are left out.
 *
 * @public
 */
export interface EntityDeploymentsList {
  readonly items: readonly EntityDeployments[];
  readonly sources: readonly Source[];
  /** As in a `DeploymentList`. */
  readonly pulse: string;
}

/**
 * Which entities are asked for by `GET /v1/deployments/by-state`.
 *
 * @public
 */
export interface StateQuery {
  /** Those with a deployment in one of these states. */
  readonly states: readonly DeploymentState[];
  /** Those that one of these owns; without, whoever owns them. */
  readonly owners?: readonly string[];
  /** At most 500; 200 unless given. */
  readonly limit?: number;
}

/**
 * What `GET /v1/deployments/by-state` answers.
 *
 * @public
 */
export interface EntityStateList {
  /** In order of the entities' names. */
  readonly items: readonly {
    readonly entityRef: string;
    /** Of its deployments that the caller may see; the worst first. */
    readonly states: readonly DeploymentState[];
  }[];
  /** Whether there are more than were asked for. */
  readonly hasMore: boolean;
  readonly sources: readonly Source[];
  /**
   * The signals channel that tells when the states of some deployment may have
   * changed, whosever it is; no more than once in some seconds.
   */
  readonly channel: string;
  /** As in a `DeploymentList`. */
  readonly pulse: string;
}

/**
 * How the permission framework calls a deployment.
 *
 * @public
 */
export function formatDeploymentResource(deployment: DeploymentName): string {
  const { entityRef, instance, namespace, name } = deployment;
  const application = [instance, namespace, name].map(encodeURIComponent);
  return `${entityRef}@${application.join('/')}`;
}

/**
 * The deployment that is called so; nothing where none can be.
 *
 * @public
 */
export function parseDeploymentResource(
  resourceRef: string,
): DeploymentName | undefined {
  const at = resourceRef.lastIndexOf('@');
  const [instance, namespace, name, ...others] = resourceRef
    .slice(at + 1)
    .split('/')
    .map(decode);
  return at > 0 && instance && namespace && name && others.length === 0
    ? { entityRef: resourceRef.slice(0, at), instance, namespace, name }
    : undefined;
}

function decode(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}
