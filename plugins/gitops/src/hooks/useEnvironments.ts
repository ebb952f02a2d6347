import { useApi } from '@backstage/frontend-plugin-api';
import { useQuery } from '@tanstack/react-query';
import { gitopsApiRef } from '../gitopsApiRef';
import { refreshInterval } from '../query/refreshInterval';

/** They are configuration: they change with a restart of the backend. */
const FRESH_MS = 5 * 60_000;

/** The environments, asked for again by itself where that failed. */
export function useEnvironments() {
  const gitopsApi = useApi(gitopsApiRef);
  return useQuery({
    queryKey: ['gitops', 'environments'],
    queryFn: ({ signal }) => gitopsApi.getEnvironments({ signal }),
    staleTime: FRESH_MS,
    refetchInterval: query =>
      query.state.error
        ? refreshInterval({ liveness: 'live', failed: true })
        : false,
  });
}
