import { Skeleton, VisuallyHidden } from '@backstage/ui';
import styles from './LoadingMatrix.module.css';

const ROWS = ['first', 'second', 'third', 'fourth'];

/** The matrix before the first answer. */
export function LoadingMatrix() {
  return (
    <div className={styles.matrix} role="status" aria-busy="true">
      <VisuallyHidden>Loading deployments</VisuallyHidden>
      {ROWS.map(row => (
        <div key={row} className={styles.row} aria-hidden>
          <Skeleton width="70%" height={16} />
          <Skeleton width="50%" height={16} />
          <Skeleton width="80%" height={16} />
          <Skeleton width="80%" height={16} />
        </div>
      ))}
    </div>
  );
}
