import { useApi } from '@backstage/frontend-plugin-api';
import {
  type DeploymentDetail,
  type DeploymentName,
  type SyncRequest,
} from '@callboard/backstage-plugin-gitops-common';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { gitopsApiRef } from '../gitopsApiRef';
import { type Action } from '../presentation/actions';
import { deploymentKey } from '../presentation/deploymentLink';
import { momentOf, type StartedAction } from '../presentation/startedAction';
import { detailsKey } from '../query/detailsKey';

/** Something to do with a deployment. */
type Order =
  | { readonly action: 'sync'; readonly request: SyncRequest }
  | { readonly action: Exclude<Action, 'sync'> };

/** Tells the backend what to do with a deployment, then looks at what becomes of it. */
export function useActions(
  name: DeploymentName,
  onStarted: (started: StartedAction) => void,
) {
  const gitopsApi = useApi(gitopsApiRef);
  const queryClient = useQueryClient();
  const queryKey = [...detailsKey(name.entityRef), deploymentKey(name)];
  return useMutation({
    networkMode: 'always',
    mutationFn: (order: Order) => {
      switch (order.action) {
        case 'sync':
          return gitopsApi.syncDeployment(name, order.request);
        case 'refresh':
          return gitopsApi.refreshDeployment(name, 'normal');
        case 'hard-refresh':
          return gitopsApi.refreshDeployment(name, 'hard');
        case 'terminate':
          return gitopsApi.terminateOperation(name);
        default:
          return order satisfies never;
      }
    },
    // What was known before, to tell when the action has its effect.
    onMutate: () => ({
      before: momentOf(
        queryClient.getQueryData<DeploymentDetail>([...queryKey, 'detail']),
      ),
    }),
    onSuccess: (_answer, { action }, { before }) => {
      onStarted({ action, at: new Date(), before });
      queryClient.invalidateQueries({ queryKey }).catch(() => {});
    },
  });
}
