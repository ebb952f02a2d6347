import { type useDetail } from '../../hooks/useDetails';
import { useNow } from '../../hooks/useNow';
import { type HistoryRow, historyRows } from '../../presentation/history';
import { describeActor } from '../../presentation/operation';
import { ageChangesIn, formatDuration } from '../../presentation/time';
import { Age } from '../common/Age';
import styles from './History.module.css';
import { Piece } from './Piece';
import sectionStyles from './Section.module.css';
import { RevisionName } from './Summary/RevisionName';

/** What was deployed here, as far back as Argo CD remembers. */
export function History({ detail }: { detail: ReturnType<typeof useDetail> }) {
  return (
    <>
      <p className={sectionStyles.quiet}>
        Syncs of everything that went well, newest first. Argo CD keeps the last
        ten.
      </p>
      <Piece query={detail} what="The history">
        {({ history }) =>
          history.length > 0 ? (
            <HistoryTable rows={historyRows(history)} />
          ) : (
            <p>Nothing was deployed here yet.</p>
          )
        }
      </Piece>
    </>
  );
}

function HistoryTable({ rows }: { rows: readonly HistoryRow[] }) {
  return (
    <table className={styles.table} aria-label="History">
      <thead className={styles.head}>
        <tr>
          <th scope="col">Deployed</th>
          <th scope="col">Revision</th>
          <th scope="col">By</th>
          <th scope="col">Was live for</th>
        </tr>
      </thead>
      <tbody>
        {rows.map(row => (
          <tr key={row.id} className={styles.row}>
            <td data-name="Deployed">
              <Age time={row.at} />
            </td>
            <td data-name="Revision">
              {row.revisions.map(it => (
                <RevisionName key={`${it.repo}@${it.value}`} revision={it} />
              ))}
            </td>
            <td data-name="By">{describeActor(row.by) ?? 'Not known'}</td>
            <td data-name="Was live for">
              <LiveFor row={row} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function LiveFor({ row }: { row: HistoryRow }) {
  const from = new Date(row.at);
  const now = useNow(it => ageChangesIn(from, it));
  const until = row.until ? new Date(row.until) : now;
  const length = formatDuration(until.getTime() - from.getTime());
  return <>{row.until ? length : `${length}, and still is`}</>;
}
