import { Alert } from '@backstage/ui';
import {
  type Deployment,
  type DeploymentAccess,
} from '@callboard/backstage-plugin-gitops-common';
import { explainDenied } from '../../presentation/permissions';
import { Age } from '../common/Age';
import { Fact, Facts } from '../common/Facts';
import styles from './Section.module.css';
import { ReleaseFacts } from './Summary/ReleaseFacts';
import { RevisionName } from './Summary/RevisionName';

/** What the list knows, where nothing more may be seen; and why. */
export function StatusOnly({ deployment }: { deployment: Deployment }) {
  const { access, revisions, since, observedAt, sync, health, approximate } =
    deployment;
  return (
    <div className={styles.section}>
      <Alert
        status="info"
        icon
        title={`Only the status is shown: ${whyNotMore(access)}`}
        description={access.unproven ?? explainDenied('detail')}
      />
      {approximate && (
        <Alert
          status="warning"
          icon
          title="This is approximate"
          description={approximate.message}
        />
      )}
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

function whyNotMore({ unproven, isShared }: DeploymentAccess): string {
  if (isShared) {
    return 'the application deploys several services';
  }
  return unproven
    ? 'nothing proves that this is the service’s own'
    : 'you may not look into this deployment';
}
