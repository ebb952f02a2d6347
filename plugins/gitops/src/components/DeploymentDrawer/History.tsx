import { Alert, Button } from '@backstage/ui';
import {
  type DeploymentHistory,
  type DeploymentName,
} from '@callboard/backstage-plugin-gitops-common';
import { useHistory } from '../../hooks/useDetails';
import { useNow } from '../../hooks/useNow';
import { type HistoryEntry, historyEntries } from '../../presentation/history';
import { describeActor } from '../../presentation/operation';
import { ageChangesIn, formatDuration } from '../../presentation/time';
import { Age } from '../common/Age';
import { LongText } from '../common/LongText';
import { Moment } from '../common/Moment';
import { StatusLabel } from '../common/StatusLabel';
import { Piece } from './Piece';
import sectionStyles from './Section.module.css';
import { RevisionName } from './Summary/RevisionName';
import styles from './Timeline.module.css';

/** What happened here: what Argo CD remembers, and what the portal observed. */
export function History({ name }: { name: DeploymentName }) {
  const history = useHistory(name);
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = history;
  return (
    <Piece query={history} what="The history">
      {found => (
        <>
          <Reach history={found} />
          <Trouble history={found} />
          {found.items.length > 0 ? (
            <ol className={styles.entries} aria-label="History">
              {historyEntries(found.items).map(it => (
                <Entry key={it.key} entry={it} />
              ))}
            </ol>
          ) : (
            <p>Nothing has happened here yet.</p>
          )}
          {hasNextPage && (
            <div>
              <Button
                size="small"
                variant="secondary"
                isPending={isFetchingNextPage}
                onPress={() => {
                  fetchNextPage().catch(() => {});
                }}
              >
                Show what was before
              </Button>
            </div>
          )}
        </>
      )}
    </Piece>
  );
}

/** How far the history reaches back. */
function Reach({ history }: { history: DeploymentHistory }) {
  const { observedSince, keptForDays } = history;
  const isUnknown = databaseOf(history)?.state !== 'ok';
  return (
    <p className={sectionStyles.quiet}>
      Newest first.{' '}
      {observedSince && (
        <>
          Observed since <Moment time={observedSince} />, and kept for{' '}
          {keptForDays} days. Of what was before there is only what Argo CD
          still remembered: the last deployments.
        </>
      )}
      {!observedSince &&
        !isUnknown &&
        'Nothing has been observed yet: there is only what Argo CD remembers, which is the last deployments that went well.'}
    </p>
  );
}

function databaseOf({ sources }: DeploymentHistory) {
  return sources.find(it => it.name === 'database');
}

function Trouble({ history }: { history: DeploymentHistory }) {
  const database = databaseOf(history);
  return database && database.state !== 'ok' ? (
    <Alert
      status="warning"
      icon
      title="What was observed is missing here"
      description={database.message}
    />
  ) : null;
}

function Entry({ entry }: { entry: HistoryEntry }) {
  const { at, look, revisions, images, by, message, live, gap, count } = entry;
  return (
    <li className={styles.entry}>
      <span className={styles.age}>
        <Age time={at} />
      </span>
      <div className={styles.body}>
        <div className={styles.head}>
          <StatusLabel look={look} />
          {images.length > 0 && <strong>{images.join(', ')}</strong>}
          {revisions.map(it => (
            <RevisionName key={`${it.repo}@${it.value}`} revision={it} />
          ))}
          {by && <span className={styles.quiet}>by {describeActor(by)}</span>}
          {count > 1 && <span className={styles.quiet}>{count} times</span>}
          {live && <LiveFor {...live} />}
        </div>
        {gap && <Gap {...gap} />}
        {message && <LongText limit={400}>{message}</LongText>}
      </div>
    </li>
  );
}

function LiveFor(props: { from: string; until?: string }) {
  const from = new Date(props.from);
  const now = useNow(it => ageChangesIn(from, it));
  const until = props.until ? new Date(props.until) : now;
  const length = formatDuration(until.getTime() - from.getTime());
  return (
    <span className={styles.quiet}>
      {props.until ? `live for ${length}` : `live for ${length}, and still is`}
    </span>
  );
}

function Gap(props: NonNullable<HistoryEntry['gap']>) {
  const { from, to, reason } = props;
  return to ? (
    <span>
      Between <Moment time={from} /> and <Moment time={to} /> {reason}.{' '}
      <span className={styles.quiet}>
        What Argo CD still remembered then is here; anything else is not known.
      </span>
    </span>
  ) : (
    <span>
      Since <Moment time={from} /> {reason}.{' '}
      <span className={styles.quiet}>
        What happens meanwhile is not known, unless Argo CD still remembers it
        then.
      </span>
    </span>
  );
}
