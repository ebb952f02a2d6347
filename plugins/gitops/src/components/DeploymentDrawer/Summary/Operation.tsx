import {
  type DeploymentOperation,
  type OperationResource,
} from '@callboard/backstage-plugin-gitops-common';
import {
  describeActor,
  describeProgress,
  lookOfOperation,
  lookOfResult,
} from '../../../presentation/operation';
import { resourceKey } from '../../../presentation/resourceTree';
import { formatDuration } from '../../../presentation/time';
import { Age } from '../../common/Age';
import { LongText } from '../../common/LongText';
import { StatusLabel } from '../../common/StatusLabel';
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
  const { by, startedAt, finishedAt, retries } = operation;
  const progress = finishedAt ? undefined : describeProgress(operation);
  return (
    <span className={styles.quiet}>
      {by && <>by {describeActor(by)} · </>}
      {startedAt && (
        <>
          started <Age time={startedAt} />
        </>
      )}
      {startedAt && finishedAt && (
        <> · took {lengthOf(startedAt, finishedAt)}</>
      )}
      {retries > 0 && (
        <> · tried again {retries === 1 ? 'once' : `${retries} times`}</>
      )}
      {progress && <> · {progress}</>}
    </span>
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
