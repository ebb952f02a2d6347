import { Alert } from '@backstage/ui';
import { type DeploymentCondition } from '@callboard/backstage-plugin-gitops-common';
import { Age } from '../../common/Age';
import { LongText } from '../../common/LongText';
import styles from './Conditions.module.css';

/** What Argo CD complains about: what it means, what to do, and its own words. */
export function Conditions(props: {
  conditions: readonly DeploymentCondition[];
}) {
  return props.conditions.length > 0 ? (
    <div className={styles.conditions}>
      {props.conditions.map(it => (
        <Condition key={`${it.type}${it.message}`} condition={it} />
      ))}
    </div>
  ) : null;
}

function Condition({ condition }: { condition: DeploymentCondition }) {
  const { type, severity, meaning, fix, message, since } = condition;
  return (
    <Alert
      status={severity === 'error' ? 'danger' : 'warning'}
      icon
      title={meaning}
      description={
        <>
          {fix}
          <span className={styles.original}>
            <strong>{type}</strong>
            {since && (
              <>
                , <Age time={since} />
              </>
            )}
            : <LongText limit={200}>{message}</LongText>
          </span>
        </>
      }
    />
  );
}
