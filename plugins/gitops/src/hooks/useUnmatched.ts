import { useApi } from '@backstage/frontend-plugin-api';
import { type UnmatchedQuery } from '@callboard/backstage-plugin-gitops-common';
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { gitopsApiRef } from '../gitopsApiRef';

/** What does not come together, page by page. */
export function useUnmatched(
  filter: Pick<UnmatchedQuery, 'instance' | 'reason'>,
) {
  const gitopsApi = useApi(gitopsApiRef);
  return useInfiniteQuery({
    queryKey: ['gitops', 'unmatched', filter],
    queryFn: ({ signal, pageParam }) =>
      gitopsApi.getUnmatched({ ...filter, cursor: pageParam }, { signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ nextCursor }) => nextCursor,
    placeholderData: keepPreviousData,
  });
}
