import { Select } from '@backstage/ui';
import {
  type UnmatchedList,
  type UnmatchedReason,
} from '@callboard/backstage-plugin-gitops-common';
import {
  instancesOf,
  readReason,
  REASONS,
  reasonWords,
} from '../../presentation/unmatched';
import styles from './DeliverySetup.module.css';

interface Filter {
  readonly reason?: UnmatchedReason;
  readonly instance?: string;
}

const ALL = 'all';

/** Narrows the list by why, and by where there are several instances. */
export function UnmatchedFilter(props: {
  filter: Filter;
  list: UnmatchedList;
  onChange(changes: Filter): void;
}) {
  const { filter, list, onChange } = props;
  const { counts, sources } = list;
  const total = Object.values(counts).reduce((sum, count) => sum + count, 0);
  const instances = instancesOf(sources);
  return (
    <>
      <Select
        className={styles.select}
        label="Reason"
        value={filter.reason ?? ALL}
        onChange={key => onChange({ reason: readReason(String(key)) })}
        options={[
          { id: ALL, label: `All reasons (${total})` },
          ...REASONS.map(reason => ({
            id: reason,
            label: `${reasonWords(reason)} (${counts[reason] ?? 0})`,
          })),
        ]}
      />
      {instances.length > 1 && (
        <Select
          className={styles.select}
          label="Argo CD instance"
          value={filter.instance ?? ALL}
          onChange={key =>
            onChange({ instance: key === ALL ? undefined : String(key) })
          }
          options={[
            { id: ALL, label: 'All instances' },
            ...instances.map(name => ({ id: name, label: name })),
          ]}
        />
      )}
    </>
  );
}
