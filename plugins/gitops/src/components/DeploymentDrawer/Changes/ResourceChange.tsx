import { type ResourceDiff } from '@callboard/backstage-plugin-gitops-common';
import { RiEyeOffLine } from '@remixicon/react';
import { useMemo } from 'react';
import { permissionFor } from '../../../presentation/permissions';
import { type StatusLook } from '../../../presentation/status';
import { diffBlocks, unifiedDiff } from '../../../presentation/textDiff';
import { CopyButton } from '../../common/CopyButton';
import { StatusLabel } from '../../common/StatusLabel';
import { DiffLines } from './DiffLines';
import styles from './ResourceChange.module.css';

const LOOKS: Record<ResourceDiff['change'], StatusLook> = {
  create: { tone: 'positive', icon: 'done', word: 'Will be created' },
  update: { tone: 'announcement', icon: 'waiting', word: 'Will be changed' },
  delete: { tone: 'warning', icon: 'attention', word: 'No longer in Git' },
  none: { tone: 'neutral', icon: 'done', word: 'The same' },
};

/** One resource: what would change in it, line by line. */
export function ResourceChange(props: {
  item: ResourceDiff;
  maySeeValues: boolean;
}) {
  const { item, maySeeValues } = props;
  const { kind, name, change, live = '', desired = '', masked } = item;
  const blocks = useMemo(() => diffBlocks(live, desired), [live, desired]);
  const title = `${kind} ${name}`;
  return (
    <section className={styles.change} aria-label={title}>
      <div className={styles.head}>
        <h3 className={styles.title}>{title}</h3>
        <StatusLabel look={LOOKS[change]} />
        <span className={styles.copy}>
          <CopyButton
            label={`changes of ${title}`}
            text={unifiedDiff(`${kind}-${name}.yaml`, live, desired)}
          />
        </span>
      </div>
      {masked && (
        <p className={styles.masked}>
          <RiEyeOffLine className={styles.icon} size={16} aria-hidden />
          {explainMasked(kind, maySeeValues)}
        </p>
      )}
      <DiffLines blocks={blocks} label={`Changes of ${title}`} />
    </section>
  );
}

/** Nobody sees what a secret holds; what is in the environment takes a permission. */
function explainMasked(kind: string, maySeeValues: boolean): string {
  if (kind === 'Secret') {
    return 'Values of secrets are never shown here.';
  }
  return maySeeValues
    ? 'Some values are hidden since they are secrets.'
    : `Values of environment variables, ConfigMaps and Helm charts are hidden. To see them takes the permission ${permissionFor(
        'values',
      )}.`;
}
