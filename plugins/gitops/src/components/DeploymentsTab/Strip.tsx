import { type ReactNode } from 'react';
import { type StatusLook } from '../../presentation/status';
import { StatusLabel } from '../common/StatusLabel';
import styles from './Strip.module.css';

/** A word about an environment as a whole, and what to know or to do about it. */
export function Strip(props: {
  look: StatusLook;
  children: ReactNode;
  action?: ReactNode;
}) {
  return (
    <div className={styles.strip}>
      <StatusLabel look={props.look} />
      <p className={styles.words}>{props.children}</p>
      {props.action}
    </div>
  );
}
