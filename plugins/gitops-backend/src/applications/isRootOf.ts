import { type EnvironmentConfig } from '@callboard/backstage-plugin-gitops-node';
import { type Application } from './Application';
import { isSameRepository, parseRepositoryAddress } from './repositoryAddress';

/** Whether the application applies an environment's folder of the platform repository. */
export function isRootOf(
  application: Application,
  environment: EnvironmentConfig,
): boolean {
  const platform = parseRepositoryAddress(environment.platformRepo);
  return environment.clusters.some(
    cluster =>
      cluster.instance === application.instance &&
      application.sources.some(({ repo, path }) => {
        const address = parseRepositoryAddress(repo);
        return (
          platform &&
          address &&
          isSameRepository(platform, address) &&
          path === cluster.path.replace(/^\/+|\/+$/g, '')
        );
      }),
  );
}
