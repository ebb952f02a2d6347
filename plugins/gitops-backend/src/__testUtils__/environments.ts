import { ConfigReader } from '@backstage/config';
import {
  type EnvironmentConfig,
  readGitopsConfig,
} from '@callboard/backstage-plugin-gitops-node';

const PLATFORM = 'http://localhost:7080/acme/gitops-infra';

/** The `gitops` block of three environments, the last on two clusters. */
export const gitopsBlock = {
  environments: [
    environment('dev', 'commit', ['dev']),
    environment('staging', 'commit', ['staging']),
    environment('production', 'pull-request', ['prod-eu1', 'prod-us1']),
  ],
};

function environment(name: string, write: string, clusters: string[]) {
  return {
    name,
    platformRepo: PLATFORM,
    path: `clusters/${name}/argocd`,
    write,
    project: `services-${name}`,
    clusters: clusters.map(cluster => ({
      name: cluster,
      instance: 'main',
      destination: `https://${cluster}.k8s.acme.test`,
    })),
  };
}

/** An `argocd` block with one instance, `main`. */
export function argocdBlock(url: string, token: string) {
  return {
    appLocatorMethods: [
      { type: 'config', instances: [{ name: 'main', url, token }] },
    ],
  };
}

/** The same environments, read. */
export const environments: readonly EnvironmentConfig[] = readGitopsConfig(
  new ConfigReader({
    gitops: gitopsBlock,
    argocd: argocdBlock('http://localhost:7081', 'token'),
  }),
).environments;
