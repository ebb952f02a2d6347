import { type Entity } from '@backstage/catalog-model';
import { type JsonObject } from '@backstage/types';
import { type Sandbox, SANDBOX_ARGOCD_TOKEN } from '@callboard/sandbox';

const ENVIRONMENTS = {
  dev: ['dev'],
  staging: ['staging'],
  production: ['prod-eu1', 'prod-us1'],
};

/** The configuration of a portal in front of the sandbox's demo organisation. */
export function demoConfig({ git, argocd }: Sandbox): JsonObject {
  return {
    gitops: {
      environments: Object.entries(ENVIRONMENTS).map(([name, clusters]) => ({
        name,
        platformRepo: `${git.url}/acme/gitops-infra`,
        path: `clusters/${name}/argocd`,
        write: 'commit',
        project: `services-${name}`,
        clusters: clusters.map(cluster => ({
          name: cluster,
          instance: 'main',
          destination: `https://${cluster}.k8s.acme.test`,
        })),
      })),
    },
    argocd: {
      appLocatorMethods: [
        {
          type: 'config',
          instances: [
            { name: 'main', url: argocd.url, token: SANDBOX_ARGOCD_TOKEN },
          ],
        },
      ],
    },
  };
}

/** Services of the demo organisation, as the catalog has them. */
export function demoEntities(
  { git }: Sandbox,
  services: readonly string[],
): Entity[] {
  return services.map(name => ({
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Component',
    metadata: {
      name,
      namespace: 'default',
      annotations: {
        'backstage.io/source-location': `url:${git.url}/acme/${name}/tree/main/`,
      },
    },
    // Not where it runs: it must not be found as that.
    spec: { type: 'service', lifecycle: 'production' },
    relations: [{ type: 'ownedBy', targetRef: `group:default/${name}-team` }],
  }));
}
