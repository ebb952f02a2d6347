import { stringifyEntityRef } from '@backstage/catalog-model';
import { useApi } from '@backstage/frontend-plugin-api';
import { useEntity } from '@backstage/plugin-catalog-react';
import {
  type Deployment,
  type Source,
} from '@callboard/backstage-plugin-gitops-common';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback, useMemo } from 'react';
import { gitopsApiRef } from '../gitopsApiRef';
import {
  deriveEnvironments,
  type EnvironmentView,
} from '../presentation/environments';
import { type Liveness } from '../query/PulseListener';
import { detailsKey } from '../query/detailsKey';
import { oneAtATime } from '../query/oneAtATime';
import { refreshInterval } from '../query/refreshInterval';
import { useEnvironments } from './useEnvironments';
import { useLiveness } from './useLiveness';
import { useSignals } from './useSignals';

/** How fresh the answer on the page is. */
export interface Freshness {
  /** When it arrived. */
  readonly receivedAt: Date;
  /** Whether changes are pushed to the page. */
  readonly liveness: Liveness;
  readonly refreshing: boolean;
  /** Why the last refresh failed, if it did. */
  readonly error?: unknown;
}

export type DeploymentsResult =
  | { readonly status: 'loading' }
  | {
      readonly status: 'failed';
      readonly error: unknown;
      readonly retrying: boolean;
      refresh(): Promise<unknown>;
    }
  | {
      readonly status: 'loaded';
      readonly environments: readonly EnvironmentView[];
      readonly deployments: readonly Deployment[];
      readonly sources: readonly Source[];
      readonly registrations: 'loading' | 'loaded' | 'failed';
      readonly registrationsError?: unknown;
      readonly freshness: Freshness;
      refresh(): Promise<unknown>;
    };

/**
 * Where the entity on the page is deployed and registered, kept fresh by
 * signals. When a refresh fails the last answer stays.
 */
export function useDeployments(): DeploymentsResult {
  const [liveness, setLiveness] = useLiveness();
  const { environments, deployments, registrations, refresh } =
    useAnswers(liveness);
  useSignals(deployments.data, refresh, [liveness, setLiveness]);

  const sources = useMemo(
    () => [
      ...(deployments.data?.sources ?? []),
      ...(registrations.data?.sources ?? []),
    ],
    [deployments.data, registrations.data],
  );
  const views = useMemo(
    () =>
      deriveEnvironments({
        environments: environments.data?.items ?? [],
        deployments: deployments.data?.items ?? [],
        registrations: registrations.data?.items,
        sources,
      }),
    [environments.data, deployments.data, registrations.data, sources],
  );

  const retrying = environments.isFetching || deployments.isFetching;
  if (!environments.data || !deployments.data) {
    const error = environments.error ?? deployments.error;
    return error
      ? { status: 'failed', error, retrying, refresh }
      : { status: 'loading' };
  }
  return {
    status: 'loaded',
    environments: views,
    deployments: deployments.data.items,
    sources,
    registrations: progressOf(registrations),
    registrationsError: registrations.error ?? undefined,
    freshness: {
      receivedAt: new Date(deployments.dataUpdatedAt),
      liveness,
      refreshing: retrying || registrations.isFetching,
      error: deployments.error ?? undefined,
    },
    refresh,
  };
}

function useAnswers(liveness: Liveness) {
  const { entity } = useEntity();
  const gitopsApi = useApi(gitopsApiRef);
  const queryClient = useQueryClient();
  const entityRef = stringifyEntityRef(entity);
  const refetchInterval = intervalFor(liveness);

  const environments = useEnvironments();
  const deployments = useQuery({
    queryKey: ['gitops', 'entity', entityRef, 'deployments'],
    queryFn: ({ signal }) => gitopsApi.getDeployments(entityRef, { signal }),
    refetchInterval,
  });
  const registrations = useQuery({
    queryKey: ['gitops', 'entity', entityRef, 'registrations'],
    queryFn: ({ signal }) => gitopsApi.getRegistrations(entityRef, { signal }),
    refetchInterval,
  });
  const refreshList = useCallback(
    () =>
      Promise.all([
        queryClient.refetchQueries({
          queryKey: ['gitops', 'environments'],
          stale: true,
        }),
        queryClient.invalidateQueries({
          queryKey: ['gitops', 'entity', entityRef],
          predicate: ({ queryKey }) => queryKey[3] !== 'details',
        }),
      ]),
    [queryClient, entityRef],
  );
  const refresh = useRefreshDetailsToo(refreshList, entityRef);
  return { environments, deployments, registrations, refresh };
}

/** Details take their time, which the list does not wait for. */
function useRefreshDetailsToo(
  refreshList: () => Promise<unknown>,
  entityRef: string,
): () => Promise<unknown> {
  const queryClient = useQueryClient();
  const refreshDetails = useMemo(
    () =>
      oneAtATime(() =>
        queryClient.invalidateQueries({ queryKey: detailsKey(entityRef) }),
      ),
    [queryClient, entityRef],
  );
  return useCallback(() => {
    refreshDetails().catch(() => {});
    return refreshList();
  }, [refreshDetails, refreshList]);
}

function intervalFor(liveness: Liveness) {
  return (query: {
    readonly state: {
      readonly data?: { readonly sources: readonly Source[] };
      readonly error: unknown;
    };
  }) =>
    refreshInterval({
      liveness,
      failed: query.state.error !== null,
      sources: query.state.data?.sources,
    });
}

function progressOf(query: {
  readonly data?: unknown;
  readonly error: unknown;
}): 'loading' | 'loaded' | 'failed' {
  if (query.data) {
    return 'loaded';
  }
  return query.error ? 'failed' : 'loading';
}
