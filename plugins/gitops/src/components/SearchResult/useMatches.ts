import { useSearch } from '@backstage/plugin-search-react';
import {
  DEPLOYMENT_DOCUMENT,
  type DeploymentDocument,
} from '@callboard/backstage-plugin-gitops-common';

/**
 * The results on the page that are about the same service, the best first. The
 * search finds each deployment; people look for services.
 */
export function useMatches(
  result: DeploymentDocument,
): readonly DeploymentDocument[] {
  const { result: answer } = useSearch();
  const matches = (answer.value?.results ?? [])
    .filter(({ type }) => type === DEPLOYMENT_DOCUMENT)
    .map(({ document }) => document as unknown as DeploymentDocument)
    .filter(
      ({ deployment }) => deployment.entityRef === result.deployment.entityRef,
    );
  return matches.some(({ location }) => location === result.location)
    ? matches
    : [result];
}
