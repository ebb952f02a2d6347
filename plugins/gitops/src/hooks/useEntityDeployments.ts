import { useApi } from '@backstage/frontend-plugin-api';
import { useQuery, type UseQueryResult } from '@tanstack/react-query';
import { gitopsApiRef } from '../gitopsApiRef';
import {
  deploymentsLoader,
  type EntityAnswer,
} from '../query/deploymentsLoader';
import { refreshInterval } from '../query/refreshInterval';
import { useLiveness } from './useLiveness';
import { useSignals } from './useSignals';

/**
 * What is deployed of one of many entities on a page, kept fresh by signals;
 * one request for all of them.
 *
 * @param entityRef - as the catalog spells it: lower case.
 */
export function useEntityDeployments(
  entityRef: string,
): UseQueryResult<EntityAnswer> {
  const gitopsApi = useApi(gitopsApiRef);
  const [liveness, setLiveness] = useLiveness();
  const answer = useQuery({
    queryKey: ['gitops', 'at-a-glance', entityRef],
    queryFn: () => deploymentsLoader(gitopsApi).load(entityRef),
    refetchInterval: ({ state }) =>
      refreshInterval({
        liveness,
        failed: state.error !== null,
        sources: state.data?.sources,
      }),
  });
  useSignals(answer.data?.channels, answer.refetch, [liveness, setLiveness]);
  return answer;
}
