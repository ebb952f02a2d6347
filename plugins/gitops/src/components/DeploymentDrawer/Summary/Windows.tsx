import { type DeploymentName } from '@callboard/backstage-plugin-gitops-common';
import { RiLockLine, RiTimeLine } from '@remixicon/react';
import { useSyncWindows } from '../../../hooks/useDetails';
import {
  describeWindow,
  describeWindows,
} from '../../../presentation/syncWindows';
import { Moment } from '../../common/Moment';
import { Piece } from '../Piece';
import styles from './Windows.module.css';

/** Whether the deployment may be synced now, until or from when, and by which windows. */
export function Windows(props: { name: DeploymentName; place: string }) {
  const windows = useSyncWindows(props.name);
  return (
    <Piece query={windows} what="The sync windows">
      {list => {
        const view = describeWindows(list, props.place);
        const Icon = view.state === 'closed' ? RiLockLine : RiTimeLine;
        return (
          <>
            <p className={styles.now} data-state={view.state}>
              <Icon className={styles.icon} size={16} aria-hidden />
              <span>
                {view.words}
                {view.at && (
                  <>
                    {' '}
                    <Moment time={view.at} timeZone={view.timeZone} />.
                  </>
                )}
              </span>
            </p>
            {list.incomplete && <p>{list.incomplete}</p>}
            {list.items.length > 0 && (
              <ul className={styles.windows}>
                {list.items.map(it => (
                  <li key={describeWindow(it)}>{describeWindow(it)}</li>
                ))}
              </ul>
            )}
          </>
        );
      }}
    </Piece>
  );
}
