import { Alert, Button, Switch, TextField } from '@backstage/ui';
import {
  type DeploymentAccess,
  type DeploymentName,
  type PodLog,
  type PodName,
} from '@callboard/backstage-plugin-gitops-common';
import { RiRefreshLine } from '@remixicon/react';
import { useState } from 'react';
import { usePodLog } from '../../hooks/usePodLog';
import { useSettled } from '../../hooks/useSettled';
import { explainDenied } from '../../presentation/permissions';
import { CopyButton } from '../common/CopyButton';
import styles from './Logs.module.css';
import { Piece } from './Piece';

/** A name is asked for once it is typed. */
const TYPING_MS = 500;

/** The last lines of a pod. */
export function Logs(props: {
  name: DeploymentName;
  pod: Pick<PodName, 'namespace' | 'name'>;
  access: DeploymentAccess;
}) {
  return props.access.may.includes('logs') ? (
    <ReadableLogs name={props.name} pod={props.pod} />
  ) : (
    <Alert
      status="info"
      icon
      title="You may not read what the pods of this deployment log"
      description={explainDenied('logs')}
    />
  );
}

function ReadableLogs(props: {
  name: DeploymentName;
  pod: Pick<PodName, 'namespace' | 'name'>;
}) {
  const { name, pod } = props;
  const [previous, setPrevious] = useState(false);
  const [typed, setTyped] = useState('');
  const container = useSettled(typed.trim(), TYPING_MS);
  const log = usePodLog(name, {
    ...pod,
    ...(container && { container }),
    ...(previous && { previous }),
  });
  return (
    <>
      <div className={styles.tools}>
        <TextField
          className={styles.container}
          size="small"
          label="Container"
          placeholder={log.data?.container ?? 'the only one'}
          value={typed}
          onChange={setTyped}
        />
        <Switch
          label="Before the last restart"
          isSelected={previous}
          onChange={setPrevious}
        />
        <Button
          size="small"
          variant="secondary"
          iconStart={<RiRefreshLine />}
          isPending={log.isFetching}
          onPress={() => {
            log.refetch().catch(() => {});
          }}
        >
          Refresh log
        </Button>
      </div>
      <Piece query={log} what={`The log of ${pod.name}`}>
        {data => <Lines log={data} />}
      </Piece>
    </>
  );
}

function Lines({ log }: { log: PodLog }) {
  const { pod, container, lines } = log;
  const title = container ? `${pod} / ${container}` : pod;
  if (lines.length === 0) {
    return <p>{title} has not logged anything.</p>;
  }
  return (
    <figure className={styles.log}>
      <figcaption className={styles.caption}>
        <span>{title}</span>
        <CopyButton
          label={`log of ${title}`}
          text={lines.map(({ text }) => `${text}\n`).join('')}
        />
      </figcaption>
      {/* Scrollable content has to be reachable by keyboard. */}
      {/* eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
      <pre className={styles.lines} tabIndex={0} aria-label={`Log of ${title}`}>
        {lines.map(({ at, text }, number) => (
          // A log only grows, and lines may repeat.
          // eslint-disable-next-line react/no-array-index-key
          <div key={number}>
            {at && <span className={styles.time}>{clock(at)} </span>}
            {text}
          </div>
        ))}
      </pre>
    </figure>
  );
}

/** All lines are of one pod: the date would be the same nearly everywhere. */
function clock(at: string): string {
  return new Date(at).toLocaleTimeString('en-GB');
}
