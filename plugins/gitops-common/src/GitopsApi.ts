import { type DeploymentList } from './Deployment';
import {
  type ActionStarted,
  type DeploymentDetail,
  type DeploymentDiff,
  type DeploymentEventList,
  type DeploymentName,
  type PodLog,
  type PodName,
  type ResourceTree,
  type RevisionOriginList,
  type SyncRequest,
  type SyncWindowList,
} from './DeploymentDetail';
import { type DeploymentHistory } from './DeploymentHistory';
import {
  type EntityDeploymentsList,
  type EntityStateList,
  type StateQuery,
} from './EntityDeployments';
import { type EnvironmentList } from './Environment';
import {
  type DeregisterRequest,
  type RegisterRequest,
  type RegistrationChange,
  type RegistrationList,
} from './Registration';
import { type ServiceLookup } from './Service';
import { type SetupReport } from './Setup';
import { type UnmatchedList, type UnmatchedQuery } from './Unmatched';

/**
 * Options of a call.
 *
 * @public
 */
export interface CallOptions {
  readonly signal?: AbortSignal;
  /** Needed in a backend; a browser's fetch adds its own. */
  readonly token?: string;
}

/**
 * The backend's HTTP API, typed. Every call throws a `ResponseError` where the
 * backend refuses or fails.
 *
 * @public
 */
export interface GitopsApi {
  getEnvironments(options?: CallOptions): Promise<EnvironmentList>;
  /** Whether the repository of a new service of that name exists already. */
  getService(name: string, options?: CallOptions): Promise<ServiceLookup>;
  getDeployments(
    entityRef: string,
    options?: CallOptions,
  ): Promise<DeploymentList>;
  /** The deployments of several entities at once, 500 at most. */
  getDeploymentsOf(
    entityRefs: readonly string[],
    options?: CallOptions,
  ): Promise<EntityDeploymentsList>;
  /** The entities that have a deployment in one of some states. */
  getEntitiesByState(
    query: StateQuery,
    options?: CallOptions,
  ): Promise<EntityStateList>;
  getDeploymentDetail(
    deployment: DeploymentName,
    options?: CallOptions,
  ): Promise<DeploymentDetail>;
  getDeploymentResources(
    deployment: DeploymentName,
    options?: CallOptions,
  ): Promise<ResourceTree>;
  getDeploymentDiff(
    deployment: DeploymentName,
    options?: CallOptions,
  ): Promise<DeploymentDiff>;
  getDeploymentEvents(
    deployment: DeploymentName,
    options?: CallOptions,
  ): Promise<DeploymentEventList>;
  getSyncWindows(
    deployment: DeploymentName,
    options?: CallOptions,
  ): Promise<SyncWindowList>;
  getRevisionOrigins(
    deployment: DeploymentName,
    options?: CallOptions,
  ): Promise<RevisionOriginList>;
  /** What happened to the deployment, newest first; a page of it. */
  getDeploymentHistory(
    deployment: DeploymentName,
    page?: { readonly cursor?: string },
    options?: CallOptions,
  ): Promise<DeploymentHistory>;
  getPodLog(
    deployment: DeploymentName,
    pod: PodName,
    options?: CallOptions,
  ): Promise<PodLog>;
  /** Begins a sync; how it goes is told by the deployment's operation. */
  syncDeployment(
    deployment: DeploymentName,
    request: SyncRequest,
    options?: CallOptions,
  ): Promise<ActionStarted>;
  /** Has Argo CD look at Git again; `hard` also forgets what it rendered. */
  refreshDeployment(
    deployment: DeploymentName,
    kind: 'normal' | 'hard',
    options?: CallOptions,
  ): Promise<ActionStarted>;
  /** Ends the sync that is running. */
  terminateOperation(
    deployment: DeploymentName,
    options?: CallOptions,
  ): Promise<ActionStarted>;
  getRegistrations(
    entityRef: string,
    options?: CallOptions,
  ): Promise<RegistrationList>;
  register(
    request: RegisterRequest,
    options?: CallOptions,
  ): Promise<RegistrationChange>;
  deregister(
    request: DeregisterRequest,
    options?: CallOptions,
  ): Promise<RegistrationChange>;
  /**
   * How the portal's connections to other systems are set up.
   *
   * @param request - with `fresh` the systems are asked again, unless they were
   * a moment ago
   */
  getSetup(
    request?: { readonly fresh?: boolean },
    options?: CallOptions,
  ): Promise<SetupReport>;
  /** Applications and entities that don't come together, and the fix. */
  getUnmatched(
    query?: UnmatchedQuery,
    options?: CallOptions,
  ): Promise<UnmatchedList>;
}
