import { Alert } from '@backstage/ui';
import {
  type Deployment,
  type DeploymentName,
} from '@callboard/backstage-plugin-gitops-common';
import {
  RiGitPullRequestLine,
  RiRefreshLine,
  RiRestartLine,
  RiStopCircleLine,
} from '@remixicon/react';
import { type ReactElement, useState } from 'react';
import { useActions } from '../../../hooks/useActions';
import { type useDetail, useSyncWindows } from '../../../hooks/useDetails';
import {
  type Action,
  type Circumstances,
  whyOff,
} from '../../../presentation/actions';
import { explainRefusal } from '../../../presentation/errors';
import { type StartedAction } from '../../../presentation/startedAction';
import { describeWindows } from '../../../presentation/syncWindows';
import { formatMoment } from '../../../presentation/time';
import styles from './ActionBar.module.css';
import { ActionButton } from './ActionButton';
import { SyncDialog } from './SyncDialog';
import { TerminateDialog } from './TerminateDialog';

const BUTTONS: readonly {
  readonly action: Action;
  readonly label: string;
  readonly icon: ReactElement;
}[] = [
  { action: 'sync', label: 'Sync…', icon: <RiGitPullRequestLine /> },
  { action: 'refresh', label: 'Refresh', icon: <RiRefreshLine /> },
  { action: 'hard-refresh', label: 'Hard refresh', icon: <RiRestartLine /> },
  { action: 'terminate', label: 'Terminate…', icon: <RiStopCircleLine /> },
];

/** What can be done with a deployment. What cannot says why. */
export function ActionBar(props: {
  name: DeploymentName;
  deployment: Deployment;
  detail: ReturnType<typeof useDetail>;
  onStarted(started: StartedAction): void;
}) {
  const { name, deployment, detail, onStarted } = props;
  const [dialog, setDialog] = useState<'sync' | 'terminate'>();
  const [reason, setReason] = useState<string>();
  const refresh = useActions(name, onStarted);
  const circumstances: Circumstances = {
    access: deployment.access,
    detail: detail.data,
    closed: useClosed(name, deployment),
  };
  const press = (action: Action) => {
    setReason(undefined);
    refresh.reset();
    if (action === 'sync' || action === 'terminate') {
      setDialog(action);
    } else {
      refresh.mutate({ action });
    }
  };
  const dialogProps = {
    name,
    deployment,
    onStarted,
    close: () => setDialog(undefined),
  };
  return (
    <div className={styles.bar}>
      <div className={styles.actions} role="group" aria-label="Actions">
        {BUTTONS.map(({ action, label, icon }) => (
          <ActionButton
            key={action}
            icon={icon}
            isMain={action === 'sync'}
            isPending={refresh.isPending && refresh.variables.action === action}
            whyOff={whyOff(action, circumstances)}
            onPress={() => press(action)}
            onOff={setReason}
          >
            {label}
          </ActionButton>
        ))}
      </div>
      <Answer reason={reason} error={refresh.error} />
      {dialog === 'sync' && <SyncDialog {...dialogProps} />}
      {dialog === 'terminate' && <TerminateDialog {...dialogProps} />}
    </div>
  );
}

/** Why nothing happened when a button was pressed. */
function Answer(props: { reason: string | undefined; error: unknown }) {
  return (
    <>
      <p className={styles.reason} role="status">
        {props.reason}
      </p>
      {props.error !== null && (
        <Alert
          role="alert"
          status="danger"
          icon
          title="Argo CD was not asked to look again"
          description={explainRefusal(props.error)}
        />
      )}
    </>
  );
}

/** Why no sync window is open for a person, if none is. */
function useClosed(
  name: DeploymentName,
  { environment, cluster }: Deployment,
): string | undefined {
  const { data } = useSyncWindows(name);
  if (!data || data.canSync) {
    return undefined;
  }
  const { words, at } = describeWindows(data, environment ?? cluster);
  return at ? `${words} ${formatMoment(new Date(at), new Date())}.` : words;
}
