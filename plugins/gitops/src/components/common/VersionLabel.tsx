import { RiArrowRightLine } from '@remixicon/react';
import { type VersionView, versionText } from '../../presentation/version';
import { HiddenText } from './HiddenText';
import styles from './VersionLabel.module.css';

/** A version, and the one that is to replace it. */
export function VersionLabel({ view }: { view: VersionView }) {
  switch (view.kind) {
    case 'moving':
      return (
        <span className={styles.version}>
          <HiddenText>runs </HiddenText>
          {view.from}
          <RiArrowRightLine className={styles.arrow} size={14} aria-hidden />
          <HiddenText> should run </HiddenText>
          <strong>{view.to}</strong>
        </span>
      );
    case 'starting':
      return (
        <span className={styles.version}>
          {view.version}
          <span className={styles.note}>nothing runs yet</span>
        </span>
      );
    case 'running':
      return <span className={styles.version}>{view.version}</span>;
    case 'unbuilt':
    case 'unknown':
      return <span className={styles.note}>{versionText(view)}</span>;
    default:
      return view satisfies never;
  }
}
