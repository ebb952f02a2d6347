import { Alert, Button } from '@backstage/ui';
import { type DeploymentsResult } from '../../hooks/useDeployments';
import { explainError } from '../../presentation/errors';
import { describeCoverage, describeSource } from '../../presentation/sources';
import { Age } from '../common/Age';
import { LongText } from '../common/LongText';
import styles from './Notices.module.css';

type Loaded = Extract<DeploymentsResult, { status: 'loaded' }>;

/** Everything that makes the matrix less than complete or up to date. */
export function Notices({ result }: { result: Loaded }) {
  const { sources, freshness, registrationsError } = result;
  const troubles = sources.flatMap(source => describeSource(source) ?? []);
  const coverage = describeCoverage(sources);
  return (
    <div className={styles.notices}>
      {freshness.error !== undefined && <RefreshFailed result={result} />}
      {troubles.map(({ key, severity, title, since, cause, nextStep }) => (
        <Alert
          key={key}
          status={severity}
          icon
          title={
            <>
              {title}, since <Age time={since} />
            </>
          }
          description={
            <>
              <LongText limit={300}>{cause}</LongText> {nextStep}
            </>
          }
        />
      ))}
      {coverage && <p className={styles.coverage}>{coverage}</p>}
      {freshness.error === undefined && registrationsError !== undefined && (
        <RegistrationsFailed result={result} />
      )}
    </div>
  );
}

function RefreshFailed({ result }: { result: Loaded }) {
  const { freshness, refresh } = result;
  const { title, description } = explainError(freshness.error);
  return (
    <Alert
      status="warning"
      icon
      title={
        <>
          Could not refresh: what you see is from{' '}
          <Age time={freshness.receivedAt} />
        </>
      }
      description={`${title}. ${description}`}
      customActions={<Retry pending={freshness.refreshing} retry={refresh} />}
    />
  );
}

function RegistrationsFailed({ result }: { result: Loaded }) {
  const { title, description } = explainError(result.registrationsError);
  return (
    <Alert
      status="warning"
      icon
      title="Where the service is registered could not be read"
      description={`${title}. ${description}`}
      customActions={
        <Retry pending={result.freshness.refreshing} retry={result.refresh} />
      }
    />
  );
}

function Retry(props: { pending: boolean; retry(): Promise<unknown> }) {
  return (
    <Button
      size="small"
      variant="secondary"
      isPending={props.pending}
      onPress={() => {
        props.retry().catch(() => {});
      }}
    >
      Try again
    </Button>
  );
}
