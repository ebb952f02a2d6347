import { useApi } from '@backstage/frontend-plugin-api';
import {
  type DeploymentName,
  type PodName,
} from '@callboard/backstage-plugin-gitops-common';
import { useQuery } from '@tanstack/react-query';
import { gitopsApiRef } from '../gitopsApiRef';
import { deploymentKey } from '../presentation/deploymentLink';

/**
 * The last lines of a pod. Apart from the other details: lines that somebody
 * reads change when asked to, not whenever something happens.
 */
export function usePodLog(name: DeploymentName, pod: PodName) {
  const gitopsApi = useApi(gitopsApiRef);
  return useQuery({
    queryKey: ['gitops', 'log', name.entityRef, deploymentKey(name), pod],
    queryFn: ({ signal }) => gitopsApi.getPodLog(name, pod, { signal }),
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
  });
}
