import { type EnvironmentConfig } from '../../config';
import { type Layout } from '../Layout';
import { builtInLayouts } from '../builtInLayouts';
import { type RegistrationRequest } from '../registrationRequest';

const PATH = 'clusters/production/argocd';
/** Where the clusters of the test's environment are kept. */
export const KUSTOMIZATION = `${PATH}/kustomization.yaml`;

/**
 * A built-in layout.
 */
export function layoutNamed(name: string): Layout {
  const layout = builtInLayouts.find(one => one.name === name);
  if (!layout) {
    throw new RangeError(`There is no layout ${name}`);
  }
  return layout;
}

/**
 * The environment `production` with these clusters, which share a path.
 */
export function environmentOf(
  layout: string | Layout,
  clusters: readonly string[] = ['prod-eu1', 'prod-us1'],
): EnvironmentConfig {
  const used = typeof layout === 'string' ? layoutNamed(layout) : layout;
  return {
    name: 'production',
    platformRepo: 'https://github.com/acme/gitops-infra',
    path: PATH,
    layout: used,
    layouts: [used],
    write: 'pull-request',
    project: 'services-production',
    clusters: clusters.map(name => ({
      name,
      instance: 'main',
      path: PATH,
      destination: `https://${name}.k8s.acme.test`,
      labels: {},
    })),
  };
}

/**
 * The service `hello` for an environment.
 */
export function requestFor(
  environment: EnvironmentConfig,
): RegistrationRequest {
  return {
    service: 'hello',
    entityRef: 'component:default/hello',
    repository: 'https://github.com/acme/hello',
    environment,
  };
}
