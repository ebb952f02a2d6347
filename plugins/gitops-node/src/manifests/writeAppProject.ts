import { type EnvironmentConfig } from '../config/GitopsConfig';
import { ARGOCD_NAMESPACE } from './applicationTemplate';
import { writeManifest } from './writeManifest';

/**
 * The AppProject that an environment's Applications belong to: only the
 * organisation's repositories, only the environment's clusters, and of
 * cluster-scoped kinds only `Namespace`.
 *
 * @public
 */
export function writeAppProject(options: {
  readonly environment: EnvironmentConfig;
  /** Argo CD's patterns, for example `https://github.com/acme/*`. */
  readonly sourceRepositories: readonly string[];
}): string {
  const { environment, sourceRepositories } = options;
  const servers = environment.clusters.map(cluster => cluster.destination);
  return writeManifest({
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'AppProject',
    metadata: { name: environment.project, namespace: ARGOCD_NAMESPACE },
    spec: {
      description: `Services in ${environment.name}`,
      sourceRepos: [...sourceRepositories],
      destinations: [...new Set(servers)].map(server => ({
        server,
        namespace: '*',
      })),
      clusterResourceWhitelist: [{ group: '', kind: 'Namespace' }],
    },
  });
}
