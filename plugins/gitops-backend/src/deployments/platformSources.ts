import { type Source } from '@callboard/backstage-plugin-gitops-common';
import { type EnvironmentConfig } from '@callboard/backstage-plugin-gitops-node';
import { type Application } from '../applications/Application';
import { type ApplicationStore } from '../applications/ApplicationStore';
import { rootsOf } from '../applications/isRootOf';
import { parseRepositoryAddress } from '../applications/repositoryAddress';
import { conditionMessage } from './deriveSyncMessage';

/**
 * The folders of platform repositories that Argo CD cannot read at the moment,
 * for example because a kustomization is broken. What was deployed goes on
 * running, but no change arrives: readers have to know.
 */
export function brokenPlatformSources(
  environments: readonly EnvironmentConfig[],
  store: ApplicationStore,
): Source[] {
  const sources = environments.flatMap(environment =>
    rootsOf(environment, store).flatMap(describeBroken),
  );
  return [...new Map(sources.map(source => [source.name, source])).values()];
}

const BROKEN = ['ComparisonError', 'SyncError', 'InvalidSpecError'];

function describeBroken(root: Application): Source[] {
  const conditions = root.conditions.filter(({ type }) =>
    BROKEN.includes(type),
  );
  const words = conditionMessage({ conditions });
  const [source] = root.sources;
  if (!words || !source) {
    return [];
  }
  const repository = parseRepositoryAddress(source.repo)?.path ?? '';
  return [
    {
      name: `repository:${repository}/${source.path}`,
      state: 'stale',
      since: conditions[0]?.since ?? new Date(0).toISOString(),
      message: `Argo CD cannot apply ${source.path} of ${repository}, so changes in it do not take effect until it is repaired. ${words}`,
    },
  ];
}
