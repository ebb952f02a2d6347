import { Select } from '@backstage/ui';
import { explainError } from '../../presentation/errors';
import { STATE_OPTIONS } from '../../presentation/glance';
import { describeSource } from '../../presentation/sources';
import styles from './DeploymentStatePicker.module.css';
import { useStatePicker } from './useStatePicker';

const OPTIONS = STATE_OPTIONS.map(({ state, look }) => ({
  id: state,
  label: look.word,
}));

/** A filter of the catalog's list: the state of an entity's deployments. */
export function DeploymentStatePicker() {
  const { states, pick, error, shown, sources } = useStatePicker();
  const troubles = sources.flatMap(source => describeSource(source) ?? []);
  return (
    <div className={styles.picker}>
      <Select
        label="Deployment state"
        placeholder="Any"
        selectionMode="multiple"
        options={OPTIONS}
        value={[...states]}
        onChange={value => pick(value.map(String))}
      />
      <div role="status" className={styles.words}>
        {error && (
          <p>
            Not filtered by state. {explainError(error).title}.{' '}
            {explainError(error).description}
          </p>
        )}
        {shown !== undefined && (
          <p>
            The first {shown} services in this state; there are more. Choose an
            owner to see theirs.
          </p>
        )}
        {troubles.map(({ key, title }) => (
          <p key={key}>{title}: states may be old, or missing.</p>
        ))}
      </div>
    </div>
  );
}
