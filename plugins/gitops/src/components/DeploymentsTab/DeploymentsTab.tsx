import {
  type DeploymentsResult,
  useDeployments,
} from '../../hooks/useDeployments';
import { Announcer } from './Announcer';
import styles from './DeploymentsTab.module.css';
import { EmptyState, isEmpty } from './EmptyState';
import { Failure } from './Failure';
import { FreshnessLine } from './FreshnessLine';
import { LoadingMatrix } from './LoadingMatrix';
import { Matrix } from './Matrix';
import { Notices } from './Notices';
import { OpenDrawer } from './OpenDrawer';
import { RepositoryName } from './RepositoryName';

/** Where the entity on the page is deployed, and how it is there. */
export function DeploymentsTab() {
  const result = useDeployments();
  return (
    <section className={styles.tab} aria-label="Deployments">
      <header className={styles.header}>
        <h2 className={styles.title}>Deployments</h2>
        <RepositoryName />
        {result.status === 'loaded' && (
          <FreshnessLine
            freshness={result.freshness}
            refresh={result.refresh}
          />
        )}
      </header>
      <Body result={result} />
    </section>
  );
}

function Body({ result }: { result: DeploymentsResult }) {
  switch (result.status) {
    case 'loading':
      return <LoadingMatrix />;
    case 'failed':
      return <Failure {...result} />;
    case 'loaded':
      return (
        <>
          <Announcer deployments={result.deployments} />
          <Notices result={result} />
          <OpenDrawer deployments={result.deployments} />
          {isEmpty(result) ? (
            <EmptyState result={result} />
          ) : (
            <Matrix
              environments={result.environments}
              registrations={result.registrations}
            />
          )}
        </>
      );
    default:
      return result satisfies never;
  }
}
