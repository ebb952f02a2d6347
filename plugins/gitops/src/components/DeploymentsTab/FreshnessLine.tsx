import { ButtonIcon } from '@backstage/ui';
import { RiRefreshLine } from '@remixicon/react';
import { type Freshness } from '../../hooks/useDeployments';
import { Age } from '../common/Age';
import styles from './FreshnessLine.module.css';

/** How fresh the page is, and a way to look now. */
export function FreshnessLine(props: {
  freshness: Freshness;
  refresh(): Promise<unknown>;
}) {
  const { liveness, receivedAt, refreshing, error } = props.freshness;
  return (
    <div className={styles.line}>
      {liveness === 'live' && !error ? (
        <span
          className={styles.live}
          title="Changes appear by themselves: they are pushed to this page."
        >
          <span className={styles.dot} aria-hidden />
          Live
        </span>
      ) : null}
      <span>
        {error ? 'as of ' : 'updated '}
        <Age time={receivedAt} />
        {liveness === 'silent' && !error && ', looks again every 30 s'}
      </span>
      <ButtonIcon
        size="small"
        variant="tertiary"
        aria-label="Refresh"
        icon={<RiRefreshLine />}
        isPending={refreshing}
        onPress={() => {
          props.refresh().catch(() => {});
        }}
      />
    </div>
  );
}
