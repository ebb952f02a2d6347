import {
  type Deployment,
  type DeploymentName,
} from '@callboard/backstage-plugin-gitops-common';
import { useActions } from '../../../hooks/useActions';
import { placeOf } from '../../../presentation/changes';
import { type StartedAction } from '../../../presentation/startedAction';
import { Confirmation } from './Confirmation';
import styles from './SyncDialog.module.css';

/** Asks whether to end a sync that runs. */
export function TerminateDialog(props: {
  name: DeploymentName;
  deployment: Deployment;
  onStarted(started: StartedAction): void;
  close(): void;
}) {
  const { name, deployment, onStarted, close } = props;
  const actions = useActions(name, started => {
    onStarted(started);
    close();
  });
  return (
    <Confirmation
      title={`End the sync of ${name.name}`}
      word="End the sync"
      isDestructive
      isReady
      order={actions}
      confirm={() => actions.mutate({ action: 'terminate' })}
      close={close}
    >
      <p className={styles.text}>
        Argo CD stops applying {name.name} to {placeOf(deployment)}, and deletes
        the hooks that run.
      </p>
      <p className={styles.text}>
        What was applied so far stays as it is: the deployment may be half
        changed until somebody syncs it again. Where Argo CD syncs on its own,
        it may begin anew.
      </p>
    </Confirmation>
  );
}
