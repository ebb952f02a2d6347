import { useApi } from '@backstage/frontend-plugin-api';
import {
  EntityUserFilter,
  useEntityList,
} from '@backstage/plugin-catalog-react';
import {
  DEPLOYMENT_STATES,
  type DeploymentState,
} from '@callboard/backstage-plugin-gitops-common';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { gitopsApiRef } from '../../gitopsApiRef';
import { useLiveness } from '../../hooks/useLiveness';
import { useSignals } from '../../hooks/useSignals';
import { refreshInterval } from '../../query/refreshInterval';
import {
  DeploymentStateFilter,
  type FiltersWithState,
} from './DeploymentStateFilter';

/** Names go to the catalog in an address, which must not become too long. */
const MOST = 100;

/** The states that the catalog's list is filtered by, and what came of it. */
export function useStatePicker() {
  const { filters, updateFilters, queryParameters } =
    useEntityList<FiltersWithState>();
  const [states, setStates] = useState<readonly DeploymentState[]>(() =>
    readStates(queryParameters.deploymentState),
  );
  const answer = useEntitiesInState(states, ownersIn(filters));

  useEffect(() => {
    const items = answer.data?.items;
    if (states.length === 0 || answer.error) {
      updateFilters({ deploymentState: undefined });
    } else if (items) {
      updateFilters({
        deploymentState: new DeploymentStateFilter(
          states,
          items.map(({ entityRef }) => entityRef),
        ),
      });
    }
  }, [states, answer.data, answer.error, updateFilters]);

  return {
    states,
    pick: (picked: readonly string[]) => setStates(readStates([...picked])),
    error: states.length > 0 ? answer.error : null,
    /** How many are shown, where they are not all. */
    shown: answer.data?.hasMore ? answer.data.items.length : undefined,
    sources: states.length > 0 ? answer.data?.sources ?? [] : [],
  };
}

function useEntitiesInState(
  states: readonly DeploymentState[],
  owners: readonly string[] | undefined,
) {
  const gitopsApi = useApi(gitopsApiRef);
  const [liveness, setLiveness] = useLiveness();
  const answer = useQuery({
    queryKey: ['gitops', 'by-state', states, owners],
    queryFn: ({ signal }) =>
      gitopsApi.getEntitiesByState({ states, owners, limit: MOST }, { signal }),
    enabled: states.length > 0,
    refetchInterval: ({ state }) =>
      refreshInterval({
        liveness,
        failed: state.error !== null,
        sources: state.data?.sources,
      }),
  });
  useSignals(answer.data, answer.refetch, [liveness, setLiveness]);
  return answer;
}

/**
 * Owners that the list is filtered by anyway: with them less than the most that
 * can be shown is asked for.
 */
function ownersIn({
  owners,
  user,
}: FiltersWithState): readonly string[] | undefined {
  if (owners && owners.values.length > 0) {
    return owners.values;
  }
  return user instanceof EntityUserFilter && user.value === 'owned'
    ? user.refs
    : undefined;
}

function readStates(
  value: string | readonly string[] | undefined,
): DeploymentState[] {
  const texts = typeof value === 'string' ? [value] : value ?? [];
  return DEPLOYMENT_STATES.filter(state => texts.includes(state));
}
