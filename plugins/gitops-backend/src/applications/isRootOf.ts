import { type EnvironmentConfig } from '@callboard/backstage-plugin-gitops-node';
import { type Application } from './Application';
import { type ApplicationStore } from './ApplicationStore';
import { applicationKey } from './applicationKeys';
import { isSameRepository, parseRepositoryAddress } from './repositoryAddress';

/** Whether the application applies an environment's folder of the platform repository. */
export function isRootOf(
  application: Application,
  environment: EnvironmentConfig,
): boolean {
  return environment.clusters.some(
    cluster =>
      cluster.instance === application.instance &&
      applies(application, environment.platformRepo, cluster.path),
  );
}

/** The applications that apply an environment's folders of the platform repository. */
export function rootsOf(
  environment: EnvironmentConfig,
  store: ApplicationStore,
): Application[] {
  const { platformRepo, clusters } = environment;
  const repository = parseRepositoryAddress(platformRepo)?.path ?? '';
  const keys = clusters.map(({ path }) =>
    applicationKey.folder(repository, withoutSlashes(path)),
  );
  return store
    .having([...new Set(keys)])
    .filter(application => isRootOf(application, environment));
}

function applies(
  { sources }: Application,
  platformRepo: string,
  path: string,
): boolean {
  const folder = withoutSlashes(path);
  // Most applications have no such source, which needs no address to be read.
  const candidates = sources.filter(
    source => source.path === folder && !source.isReferenceOnly,
  );
  const platform =
    candidates.length > 0 ? parseRepositoryAddress(platformRepo) : undefined;
  return candidates.some(({ repo }) => {
    const address = parseRepositoryAddress(repo);
    return platform && address && isSameRepository(platform, address);
  });
}

function withoutSlashes(path: string): string {
  return path.replace(/^\/+|\/+$/g, '');
}
