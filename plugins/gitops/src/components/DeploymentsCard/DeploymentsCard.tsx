import { useRouteRef } from '@backstage/frontend-plugin-api';
import { Card, CardBody, CardHeader, Link, Skeleton } from '@backstage/ui';
import {
  type DeploymentsResult,
  useDeployments,
} from '../../hooks/useDeployments';
import { explainError } from '../../presentation/errors';
import { describeSource } from '../../presentation/sources';
import { summariseEnvironment } from '../../presentation/summary';
import { deploymentsRouteRef } from '../../routes';
import { Age } from '../common/Age';
import { StatusLabel } from '../common/StatusLabel';
import styles from './DeploymentsCard.module.css';
import { EnvironmentFacts } from './EnvironmentFacts';

/** What runs where, in short. */
export function DeploymentsCard() {
  const result = useDeployments();
  const tab = useRouteRef(deploymentsRouteRef)?.();
  return (
    <Card>
      <CardHeader className={styles.header}>
        <h3 className={styles.title}>Deployments</h3>
        {tab && <Link href={tab}>View deployments</Link>}
      </CardHeader>
      <CardBody className={styles.body}>
        <Body result={result} />
      </CardBody>
    </Card>
  );
}

function Body({ result }: { result: DeploymentsResult }) {
  switch (result.status) {
    case 'loading':
      return <Loading />;
    case 'failed': {
      const { title, description } = explainError(result.error);
      return (
        <p className={styles.words}>
          {title}. {description}
        </p>
      );
    }
    case 'loaded':
      return <Facts result={result} />;
    default:
      return result satisfies never;
  }
}

function Loading() {
  return (
    <div role="status" aria-busy="true" aria-label="Loading deployments">
      <Skeleton width="60%" height={16} />
      <Skeleton width="40%" height={16} />
    </div>
  );
}

function Facts(props: {
  result: Extract<DeploymentsResult, { status: 'loaded' }>;
}) {
  const { environments, sources, freshness } = props.result;
  const troubles = sources.flatMap(source => describeSource(source) ?? []);
  if (environments.length === 0) {
    return <p className={styles.words}>No environments are configured.</p>;
  }
  return (
    <>
      <ul className={styles.environments}>
        {environments.map(view => (
          <EnvironmentFacts
            key={`${view.group} ${view.name}`}
            {...summariseEnvironment(view)}
          />
        ))}
      </ul>
      {troubles.map(({ key, title, since }) => (
        <p key={key} className={styles.trouble}>
          <StatusLabel
            look={{ tone: 'warning', icon: 'attention', word: title }}
          />{' '}
          since <Age time={since} />
        </p>
      ))}
      {freshness.error !== undefined && (
        <p className={styles.words}>
          Could not refresh: this is from <Age time={freshness.receivedAt} />.
        </p>
      )}
    </>
  );
}
