import { useApi } from '@backstage/frontend-plugin-api';
import { useQuery } from '@tanstack/react-query';
import { useRef } from 'react';
import { gitopsApiRef } from '../gitopsApiRef';

/** The backend keeps them for a minute itself. */
const FRESH_MS = 30_000;

/** How the systems around the portal are set up, and a way to have them asked again. */
export function useSetup() {
  const gitopsApi = useApi(gitopsApiRef);
  const isFresh = useRef(false);
  const query = useQuery({
    queryKey: ['gitops', 'setup'],
    queryFn: async ({ signal }) => {
      const fresh = isFresh.current;
      isFresh.current = false;
      return gitopsApi.getSetup({ fresh }, { signal });
    },
    staleTime: FRESH_MS,
  });
  const checkAgain = () => {
    isFresh.current = true;
    return query.refetch();
  };
  return { query, checkAgain };
}
