import { InputError } from '@backstage/errors';
import {
  type ClusterConfig,
  type EnvironmentConfig,
} from '../config/GitopsConfig';
import { checkKubernetesName } from '../manifests/kubernetesNames';
import { type Layout } from './Layout';
import { fill, type PlaceholderValues } from './placeholders';

/**
 * A service and the environment that it is, or shall be, registered for.
 *
 * @public
 */
export interface RegistrationRequest {
  /** The entity's name; it becomes part of Kubernetes names. */
  readonly service: string;
  /** In full: `component:default/cart`. */
  readonly entityRef: string;
  /** Web address of the service repository. */
  readonly repository: string;
  /** Branch, tag or full commit that is deployed. Default: `main`. */
  readonly ref?: string;
  readonly environment: EnvironmentConfig;
}

/**
 * What the placeholders stand for on a cluster of the environment.
 *
 * @throws InputError where the names are too long or not allowed.
 */
export function placeholderValues(
  request: RegistrationRequest,
  cluster: ClusterConfig,
  layout: Layout = request.environment.layout,
): PlaceholderValues {
  const { service, environment } = request;
  const url = cleanAddress(request.repository);
  const names = {
    service,
    environment: environment.name,
    cluster: cluster.name,
  };
  const namespace = fill(layout.namespace, names);
  const parts = [
    { what: 'service', value: service },
    { what: 'environment', value: environment.name },
    { what: 'cluster', value: cluster.name },
  ];
  checkKubernetesName('namespace', namespace, parts.slice(0, 2));
  const application =
    layout.application && fill(layout.application, { ...names, namespace });
  if (application) {
    checkKubernetesName('application', application, parts);
  }
  return {
    ...names,
    namespace,
    ...(application && { application }),
    clusterPath: cluster.path,
    project: environment.project,
    destination: cluster.destination,
    instance: cluster.instance,
    entityRef: request.entityRef,
    repositoryUrl: url.toString(),
    repositoryHost: url.host,
    repositoryPath: url.pathname.slice(1),
    ref: request.ref ?? 'main',
  };
}

function cleanAddress(repository: string): URL {
  if (!URL.canParse(repository)) {
    throw new InputError(
      `"${repository}" is not the web address of a repository; name it as https://<host>/<owner>/<name>`,
    );
  }
  const url = new URL(repository);
  if (!/^https?:$/.test(url.protocol) || url.username || url.password) {
    throw new InputError(
      `The address of the service repository on ${url.host} must be a plain web address without credentials: https://<host>/<owner>/<name>`,
    );
  }
  url.search = '';
  url.hash = '';
  url.pathname = url.pathname.replace(/\/+$/, '').replace(/\.git$/, '');
  return url;
}
