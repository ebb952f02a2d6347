import {
  type DeploymentOperation,
  type OperationResource,
  type OperationRetry,
} from '@callboard/backstage-plugin-gitops-common';
import { isRunning } from '../../../presentation/actions';
import {
  describeActor,
  describeProgress,
  describeRetry,
  lookOfOperation,
  lookOfResult,
} from '../../../presentation/operation';
import { resourceKey } from '../../../presentation/resourceTree';
import { formatDuration } from '../../../presentation/time';
import { Age } from '../../common/Age';
import { LongText } from '../../common/LongText';
import { StatusLabel } from '../../common/StatusLabel';
import { Until } from '../../common/Until';
import styles from './Operation.module.css';

/** A sync: how it goes or went, who asked for it, and what became of each resource. */
export function Operation({ operation }: { operation: DeploymentOperation }) {
  const { message, resources } = operation;
  return (
    <>
      <div className={styles.facts}>
        <StatusLabel look={lookOfOperation(operation)} />
        <Circumstances operation={operation} />
      </div>
      {message && (
        <div className={styles.message}>
          <LongText limit={300}>{message}</LongText>
        </div>
      )}
      {resources.length > 0 && (
        <ul className={styles.resources} aria-label="Results by resource">
          {resources.map(it => (
            <Result key={`${resourceKey(it)}${it.hook ?? ''}`} resource={it} />
          ))}
        </ul>
      )}
    </>
  );
}

function Circumstances({ operation }: { operation: DeploymentOperation }) {
  const { by, startedAt, finishedAt, nextTry } = operation;
  const progress = isRunning({ operation })
    ? describeProgress(operation)
    : undefined;
  return (
    <span className={styles.quiet}>
      {by && <>by {describeActor(by)} · </>}
      {startedAt && (
        <>
          started <Age time={startedAt} />
        </>
      )}
      {startedAt && finishedAt && !nextTry && (
        <> · took {lengthOf(startedAt, finishedAt)}</>
      )}
      <Retries count={operation.retries} />
      {nextTry && <NextTry nextTry={nextTry} failedAt={finishedAt} />}
      {progress && <> · {progress}</>}
    </span>
  );
}

function Retries({ count }: { count: number }) {
  return count > 0 ? (
    <> · tried again {count === 1 ? 'once' : `${count} times`}</>
  ) : null;
}

function NextTry(props: { nextTry: OperationRetry; failedAt?: string }) {
  const { nextTry, failedAt } = props;
  return (
    <>
      {failedAt && (
        <>
          {' '}
          · last try failed <Age time={failedAt} />
        </>
      )}{' '}
      · {describeRetry(nextTry)}{' '}
      {nextTry.at ? <Until time={nextTry.at} /> : 'follows'}
    </>
  );
}

function Result({ resource }: { resource: OperationResource }) {
  const { kind, name, hook, message } = resource;
  return (
    <li className={styles.resource}>
      <span className={styles.name}>
        {kind} {name}
        {hook && <span className={styles.quiet}> ({hook} hook)</span>}
      </span>
      <StatusLabel look={lookOfResult(resource)} />
      {message && (
        <span className={styles.reason}>
          <LongText limit={200}>{message}</LongText>
        </span>
      )}
    </li>
  );
}

function lengthOf(from: string, to: string): string {
  return formatDuration(new Date(to).getTime() - new Date(from).getTime());
}
