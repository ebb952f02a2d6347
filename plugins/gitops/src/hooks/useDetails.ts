import { useApi } from '@backstage/frontend-plugin-api';
import {
  type CallOptions,
  type DeploymentDetail,
  type DeploymentName,
  type GitopsApi,
} from '@callboard/backstage-plugin-gitops-common';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { gitopsApiRef } from '../gitopsApiRef';
import { isRunning } from '../presentation/actions';
import { deploymentKey } from '../presentation/deploymentLink';
import { joinPages } from '../presentation/history';
import { isProgressing } from '../presentation/resourceTree';
import { detailsKey } from '../query/detailsKey';

/** Going back and forth between sections asks nothing again so soon. */
const FRESH_MS = 10_000;

/** Signals tell of most changes, but not of every step of a sync. */
const PROGRESS_MS = 5_000;

/** What Argo CD knows of the application; looked at again while it syncs, or as asked. */
export function useDetail(
  name: DeploymentName,
  isAwaited: (detail: DeploymentDetail | undefined) => boolean,
) {
  return usePart(name, 'detail', {
    ask: (api, options) => api.getDeploymentDetail(name, options),
    isMoving: detail => isRunning(detail) || isAwaited(detail),
  });
}

/** The tree of resources; looked at again while something in it is on its way. */
export function useResources(name: DeploymentName) {
  return usePart(name, 'resources', {
    ask: (api, options) => api.getDeploymentResources(name, options),
    isMoving: tree => tree !== undefined && isProgressing(tree.roots),
  });
}

/** How each resource is, and how it should be. */
export function useDiff(name: DeploymentName) {
  return usePart(name, 'diff', {
    ask: (api, options) => api.getDeploymentDiff(name, options),
  });
}

export function useEvents(name: DeploymentName) {
  return usePart(name, 'events', {
    ask: (api, options) => api.getDeploymentEvents(name, options),
  });
}

/** What happened, page by page, as far as it was asked for. */
export function useHistory(name: DeploymentName) {
  const gitopsApi = useApi(gitopsApiRef);
  return useInfiniteQuery({
    queryKey: partKey(name, 'history'),
    queryFn: ({ signal, pageParam }) =>
      gitopsApi.getDeploymentHistory(name, { cursor: pageParam }, { signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ nextCursor }) => nextCursor,
    select: ({ pages }) => joinPages(pages),
    staleTime: FRESH_MS,
  });
}

export function useSyncWindows(name: DeploymentName) {
  return usePart(name, 'sync-windows', {
    ask: (api, options) => api.getSyncWindows(name, options),
  });
}

export function useRevisionOrigins(name: DeploymentName) {
  return usePart(name, 'revision', {
    ask: (api, options) => api.getRevisionOrigins(name, options),
  });
}

function partKey(name: DeploymentName, part: string): readonly string[] {
  return [...detailsKey(name.entityRef), deploymentKey(name), part];
}

/** One part of a deployment's details: it loads alone, fails alone and is refreshed with the deployment. */
function usePart<T>(
  name: DeploymentName,
  part: string,
  options: {
    ask(api: GitopsApi, options: CallOptions): Promise<T>;
    isMoving?(data: T | undefined): boolean;
  },
) {
  const gitopsApi = useApi(gitopsApiRef);
  return useQuery({
    queryKey: partKey(name, part),
    queryFn: ({ signal }) => options.ask(gitopsApi, { signal }),
    staleTime: FRESH_MS,
    refetchInterval: query =>
      options.isMoving?.(query.state.data) ? PROGRESS_MS : false,
  });
}
