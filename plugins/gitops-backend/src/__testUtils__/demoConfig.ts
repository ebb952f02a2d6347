import { type Entity } from '@backstage/catalog-model';
import { type JsonObject } from '@backstage/types';
import {
  type Sandbox,
  SANDBOX_ARGOCD_TOKEN,
  tokenOf,
} from '@callboard/sandbox';
import { gitopsBlock } from './environments';
import { component } from './startGitops';

/** The configuration of a portal in front of the sandbox's demo organisation. */
export function demoConfig(
  { git, argocd }: Sandbox,
  instances: JsonObject[] = [demoInstance(argocd.url)],
): JsonObject {
  return {
    gitops: {
      environments: gitopsBlock.environments.map(environment => ({
        ...environment,
        platformRepo: `${git.url}/acme/gitops-infra`,
      })),
      serviceRepositories: [`${git.url}/acme/*`],
    },
    argocd: { appLocatorMethods: [{ type: 'config', instances }] },
    integrations: {
      github: [
        {
          host: new URL(git.url).host,
          apiBaseUrl: `${git.url}/api/v3`,
          rawBaseUrl: `${git.url}/raw`,
          token: tokenOf('callboard'),
        },
      ],
    },
  };
}

/** The sandbox's Argo CD, as an instance of the configuration. */
export function demoInstance(url: string): JsonObject {
  return { name: 'main', url, token: SANDBOX_ARGOCD_TOKEN };
}

/** Services of the demo organisation, as the catalog has them. */
export function demoEntities(
  { git }: Sandbox,
  services: readonly string[],
): Entity[] {
  return services.map(name =>
    component(name, {
      'backstage.io/source-location': `url:${git.url}/acme/${name}/tree/main/`,
    }),
  );
}
