import { Alert } from '@backstage/ui';
import { type Deployment } from '@callboard/backstage-plugin-gitops-common';
import { explainDenied } from '../../presentation/permissions';
import { Age } from '../common/Age';
import { Fact, Facts } from '../common/Facts';
import styles from './Section.module.css';
import { ReleaseFacts } from './Summary/ReleaseFacts';
import { RevisionName } from './Summary/RevisionName';

/** What the list knows, where nothing more may be seen; and why. */
export function StatusOnly({ deployment }: { deployment: Deployment }) {
  const { access, revisions, since, observedAt, sync, health } = deployment;
  return (
    <div className={styles.section}>
      <Alert
        status="info"
        icon
        title={
          access.unproven
            ? 'Only the status is shown: nothing proves that this is the service’s own'
            : 'Only the status is shown: you may not look into this deployment'
        }
        description={access.unproven ?? explainDenied('detail')}
      />
      <Facts>
        <ReleaseFacts deployment={deployment} />
        {sync.message && <Fact name="Sync">{sync.message}</Fact>}
        {health.message && <Fact name="Health">{health.message}</Fact>}
        {revisions.length > 0 && (
          <Fact name="Revision">
            {revisions.map(it => (
              <RevisionName key={`${it.repo}@${it.value}`} revision={it} />
            ))}
          </Fact>
        )}
        {since && (
          <Fact name="Live since">
            <Age time={since} />
          </Fact>
        )}
        <Fact name="As of">
          <Age time={observedAt} />
        </Fact>
      </Facts>
    </div>
  );
}
