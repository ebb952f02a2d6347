import { ButtonIcon } from '@backstage/ui';
import { type DeploymentDetail } from '@callboard/backstage-plugin-gitops-common';
import { RiCloseLine } from '@remixicon/react';
import { useNow } from '../../../hooks/useNow';
import {
  describeActivity,
  isAwaited,
  type StartedAction,
} from '../../../presentation/startedAction';
import { LongText } from '../../common/LongText';
import { StatusLabel } from '../../common/StatusLabel';
import styles from './Activity.module.css';

/** How often to see whether an effect is overdue. */
const AWAITED_MS = 1_000;
const IDLE_MS = 60_000;

/** What is going on, said aloud as it changes. */
export function Activity(props: {
  started: StartedAction | undefined;
  detail: DeploymentDetail | undefined;
  dismiss(): void;
}) {
  const { started, detail, dismiss } = props;
  const now = useNow(it =>
    isAwaited(started, detail, it) ? AWAITED_MS : IDLE_MS,
  );
  const view = describeActivity(started, detail, now);
  return (
    <div role="status" aria-label="Activity">
      {view && (
        <div className={styles.activity}>
          <StatusLabel look={view.look} />
          <span className={styles.words}>
            <LongText limit={240}>{view.words}</LongText>
          </span>
          {started && (
            <ButtonIcon
              size="small"
              variant="tertiary"
              aria-label="Dismiss"
              icon={<RiCloseLine />}
              onPress={dismiss}
            />
          )}
        </div>
      )}
    </div>
  );
}
