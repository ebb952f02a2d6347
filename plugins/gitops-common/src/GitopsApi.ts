import { type DeploymentList } from './Deployment';
import { type EnvironmentList } from './Environment';
import {
  type DeregisterRequest,
  type RegisterRequest,
  type RegistrationChange,
  type RegistrationList,
} from './Registration';
import { type ServiceLookup } from './Service';

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
}
