/** A token that must appear in no answer. */
export const TOKEN = 'sandbox-callboard';

/** The `gitops` block of the sandbox, with its real port. */
export function portalConfig(
  url: string,
  options: { platform?: string; serviceRepositories?: string[] },
) {
  const { platform = 'gitops-infra', serviceRepositories = ['*'] } = options;
  const environment = (name: string, write: string, clusters: string[]) => ({
    name,
    platformRepo: `${url}/acme/${platform}`,
    path: `clusters/${name}/argocd`,
    write,
    project: `services-${name}`,
    clusters: clusters.map(cluster => ({
      name: cluster,
      instance: 'main',
      destination: `https://${cluster}.k8s.acme.test`,
    })),
  });
  return {
    integrations: {
      github: [
        {
          host: new URL(url).host,
          apiBaseUrl: `${url}/api/v3`,
          rawBaseUrl: `${url}/raw`,
          token: TOKEN,
        },
      ],
    },
    gitops: {
      serviceRepositories: serviceRepositories.map(
        name => `${url}/acme/${name}`,
      ),
      environments: [
        environment('dev', 'commit', ['dev']),
        environment('staging', 'commit', ['staging']),
        environment('production', 'pull-request', ['prod-eu1', 'prod-us1']),
      ],
    },
    argocd: {
      appLocatorMethods: [
        {
          type: 'config',
          instances: [{ name: 'main', url: 'http://localhost:1', token: 'x' }],
        },
      ],
    },
  };
}
