import { ResponseError } from '@backstage/errors';
import { type DeploymentList } from './Deployment';
import { type EnvironmentList } from './Environment';
import { type CallOptions, type GitopsApi } from './GitopsApi';
import {
  type DeregisterRequest,
  type RegisterRequest,
  type RegistrationChange,
  type RegistrationList,
} from './Registration';
import { type ServiceLookup } from './Service';

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

  async #call<T>(
    method: string,
    path: string,
    request: {
      query?: Record<string, string>;
      body?: unknown;
      options?: CallOptions;
    },
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
