import {
  type DeploymentEvent,
  type DeploymentName,
} from '@callboard/backstage-plugin-gitops-common';
import { useEvents } from '../../hooks/useDetails';
import { type StatusLook } from '../../presentation/status';
import { Age } from '../common/Age';
import { LongText } from '../common/LongText';
import { StatusLabel } from '../common/StatusLabel';
import { Piece } from './Piece';
import sectionStyles from './Section.module.css';
import styles from './Timeline.module.css';

const WARNING: StatusLook = {
  tone: 'warning',
  icon: 'attention',
  word: 'Warning',
};

/** What Kubernetes and Argo CD noted lately. */
export function Events({ name }: { name: DeploymentName }) {
  const events = useEvents(name);
  return (
    <>
      <p className={sectionStyles.quiet}>
        Newest first. Kubernetes keeps events for about an hour.
      </p>
      <Piece query={events} what="The events">
        {({ items, incomplete }) => (
          <>
            {incomplete && <p>{incomplete}</p>}
            {items.length > 0 ? (
              <ol className={styles.entries} aria-label="Events">
                {items.map(it => (
                  <Event key={keyOf(it)} event={it} />
                ))}
              </ol>
            ) : (
              !incomplete && <p>Nothing was noted within the last hour.</p>
            )}
          </>
        )}
      </Piece>
    </>
  );
}

function Event({ event }: { event: DeploymentEvent }) {
  const { type, reason, message, resource, count, at } = event;
  return (
    <li className={styles.entry}>
      <span className={styles.age}>{at ? <Age time={at} /> : '–'}</span>
      <div className={styles.body}>
        <div className={styles.head}>
          {type === 'Warning' && <StatusLabel look={WARNING} />}
          <strong>{reason}</strong>
          <span className={styles.quiet}>
            {resource ? `${resource.kind} ${resource.name}` : 'Application'}
            {count > 1 && ` · ${count} times`}
          </span>
        </div>
        <LongText limit={400}>{message}</LongText>
      </div>
    </li>
  );
}

function keyOf({ reason, message, resource, at }: DeploymentEvent): string {
  return [at, resource?.kind, resource?.name, reason, message].join();
}
