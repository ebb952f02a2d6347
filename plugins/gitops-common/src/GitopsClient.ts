import { ResponseError } from '@backstage/errors';
import {
  type ApplicationQuery,
  type ApplicationRevision,
  type ArgocdApplicationList,
} from './ArgocdApplication';
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
  type RevisionOrigin,
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
import { type CallOptions, type GitopsApi } from './GitopsApi';
import {
  type DeregisterRequest,
  type RegisterRequest,
  type RegistrationChange,
  type RegistrationList,
} from './Registration';
import { type ServiceLookup } from './Service';
import { type SetupReport } from './Setup';
import { type UnmatchedList, type UnmatchedQuery } from './Unmatched';

interface CallRequest {
  readonly query?: Record<string, string> | string[][];
  readonly body?: unknown;
  readonly options?: CallOptions;
}

/**
 * Talks to the backend from a browser or from another backend.
 *
 * @public
 */
export class GitopsClient implements GitopsApi {
  readonly #discovery: { getBaseUrl(pluginId: string): Promise<string> };
  readonly #fetch: typeof fetch;

  constructor(options: {
    discoveryApi: { getBaseUrl(pluginId: string): Promise<string> };
    fetchApi: { fetch: typeof fetch };
  }) {
    this.#discovery = options.discoveryApi;
    this.#fetch = options.fetchApi.fetch;
  }

  getEnvironments(options?: CallOptions): Promise<EnvironmentList> {
    return this.#call('GET', '/v1/environments', { options });
  }

  getService(name: string, options?: CallOptions): Promise<ServiceLookup> {
    return this.#call('GET', `/v1/services/${encodeURIComponent(name)}`, {
      options,
    });
  }

  getDeployments(
    entityRef: string,
    options?: CallOptions,
  ): Promise<DeploymentList> {
    return this.#call('GET', '/v1/deployments', {
      query: { entityRef },
      options,
    });
  }

  getDeploymentsOf(
    entityRefs: readonly string[],
    options?: CallOptions,
  ): Promise<EntityDeploymentsList> {
    return this.#call('POST', '/v1/deployments/by-entities', {
      body: { entityRefs },
      options,
    });
  }

  getEntitiesByState(
    { states, owners = [], limit }: StateQuery,
    options?: CallOptions,
  ): Promise<EntityStateList> {
    return this.#call('GET', '/v1/deployments/by-state', {
      query: [
        ...states.map(state => ['state', state]),
        ...owners.map(owner => ['owner', owner]),
        ...(limit === undefined ? [] : [['limit', String(limit)]]),
      ],
      options,
    });
  }

  getDeploymentDetail(
    deployment: DeploymentName,
    options?: CallOptions,
  ): Promise<DeploymentDetail> {
    return this.#ofDeployment(deployment, '', { options });
  }

  getDeploymentResources(
    deployment: DeploymentName,
    options?: CallOptions,
  ): Promise<ResourceTree> {
    return this.#ofDeployment(deployment, '/resources', { options });
  }

  getDeploymentDiff(
    deployment: DeploymentName,
    options?: CallOptions,
  ): Promise<DeploymentDiff> {
    return this.#ofDeployment(deployment, '/diff', { options });
  }

  getDeploymentEvents(
    deployment: DeploymentName,
    options?: CallOptions,
  ): Promise<DeploymentEventList> {
    return this.#ofDeployment(deployment, '/events', { options });
  }

  getSyncWindows(
    deployment: DeploymentName,
    options?: CallOptions,
  ): Promise<SyncWindowList> {
    return this.#ofDeployment(deployment, '/sync-windows', { options });
  }

  getRevisionOrigins(
    deployment: DeploymentName,
    options?: CallOptions,
  ): Promise<RevisionOriginList> {
    return this.#ofDeployment(deployment, '/revision', { options });
  }

  getDeploymentHistory(
    deployment: DeploymentName,
    page: { readonly cursor?: string } = {},
    options?: CallOptions,
  ): Promise<DeploymentHistory> {
    return this.#ofDeployment(deployment, '/history', {
      query: given(page),
      options,
    });
  }

  getPodLog(
    deployment: DeploymentName,
    pod: PodName,
    options?: CallOptions,
  ): Promise<PodLog> {
    const { namespace, name, container, previous } = pod;
    return this.#ofDeployment(deployment, '/logs', {
      query: {
        podNamespace: namespace,
        pod: name,
        ...(container && { container }),
        ...(previous && { previous: 'true' }),
      },
      options,
    });
  }

  syncDeployment(
    deployment: DeploymentName,
    request: SyncRequest,
    options?: CallOptions,
  ): Promise<ActionStarted> {
    return this.#ofDeployment(deployment, '/sync', {
      method: 'POST',
      body: request,
      options,
    });
  }

  refreshDeployment(
    deployment: DeploymentName,
    kind: 'normal' | 'hard',
    options?: CallOptions,
  ): Promise<ActionStarted> {
    return this.#ofDeployment(deployment, '/refresh', {
      method: 'POST',
      body: { kind },
      options,
    });
  }

  terminateOperation(
    deployment: DeploymentName,
    options?: CallOptions,
  ): Promise<ActionStarted> {
    return this.#ofDeployment(deployment, '/terminate', {
      method: 'POST',
      body: {},
      options,
    });
  }

  /**
   * Applications, whatever entity they belong to, in the shape of Argo CD's API:
   * for what was made for that.
   */
  getApplications(
    query: ApplicationQuery,
    options?: CallOptions,
  ): Promise<ArgocdApplicationList> {
    return this.#call('GET', '/v1/applications', {
      query: given(query),
      options,
    });
  }

  /** Who made a revision that an application's history has. */
  getApplicationRevision(
    revision: ApplicationRevision,
    options?: CallOptions,
  ): Promise<RevisionOrigin> {
    return this.#call('GET', '/v1/applications/revision', {
      query: given(revision),
      options,
    });
  }

  getRegistrations(
    entityRef: string,
    options?: CallOptions,
  ): Promise<RegistrationList> {
    return this.#call('GET', '/v1/registrations', {
      query: { entityRef },
      options,
    });
  }

  register(
    request: RegisterRequest,
    options?: CallOptions,
  ): Promise<RegistrationChange> {
    return this.#call('POST', '/v1/registrations', { body: request, options });
  }

  deregister(
    request: DeregisterRequest,
    options?: CallOptions,
  ): Promise<RegistrationChange> {
    const { dryRun, ...query } = request;
    return this.#call('DELETE', '/v1/registrations', {
      query: { ...query, ...(dryRun && { dryRun: 'true' }) },
      options,
    });
  }

  getSetup(
    request: { fresh?: boolean } = {},
    options?: CallOptions,
  ): Promise<SetupReport> {
    return this.#call('GET', '/v1/setup', {
      ...(request.fresh && { query: { fresh: 'true' } }),
      options,
    });
  }

  getUnmatched(
    query: UnmatchedQuery = {},
    options?: CallOptions,
  ): Promise<UnmatchedList> {
    return this.#call('GET', '/v1/applications/unmatched', {
      query: given(query),
      options,
    });
  }

  #ofDeployment<T>(
    deployment: DeploymentName,
    path: string,
    request: CallRequest & {
      method?: 'POST';
      query?: Record<string, string>;
    },
  ): Promise<T> {
    const { entityRef, instance, namespace, name } = deployment;
    const place = [instance, namespace, name].map(encodeURIComponent).join('/');
    const { method = 'GET' } = request;
    return this.#call(method, `/v1/deployments/${place}${path}`, {
      ...request,
      query: { entityRef, ...request.query },
    });
  }

  async #call<T>(
    method: string,
    path: string,
    request: CallRequest,
  ): Promise<T> {
    const { query, body, options } = request;
    const baseUrl = await this.#discovery.getBaseUrl('gitops');
    const search = query ? `?${new URLSearchParams(query)}` : '';
    const response = await this.#fetch(`${baseUrl}${path}${search}`, {
      method,
      headers: {
        ...(body !== undefined && { 'Content-Type': 'application/json' }),
        ...(options?.token && { Authorization: `Bearer ${options.token}` }),
      },
      body: body === undefined ? undefined : JSON.stringify(body),
      signal: options?.signal,
    });
    if (!response.ok) {
      throw await ResponseError.fromResponse(response);
    }
    return response.json();
  }
}

/** Without what is not given. */
function given(query: object): Record<string, string> {
  return Object.fromEntries(
    Object.entries(query)
      .filter(([, value]) => value !== undefined)
      .map(([key, value]) => [key, String(value)]),
  );
}
