import { type EnvironmentSummary } from '../../presentation/summary';
import { Age } from '../common/Age';
import { StatusLabel } from '../common/StatusLabel';
import styles from './DeploymentsCard.module.css';

/** An environment's column on the card. */
export function EnvironmentFacts(summary: EnvironmentSummary) {
  const { name, clusters, versions, health, sync, since, note } = summary;
  return (
    <li className={styles.environment}>
      <h4 className={styles.name}>
        {name}
        {clusters > 1 && (
          <span className={styles.clusters}> {clusters} clusters</span>
        )}
      </h4>
      {versions.map(version => (
        <p
          key={version}
          className={versions.length > 1 ? styles.oneOfSeveral : styles.version}
        >
          {version}
        </p>
      ))}
      {health && (
        <div className={styles.statuses}>
          <StatusLabel look={health} />
          {sync && <StatusLabel look={sync} />}
        </div>
      )}
      {note && <StatusLabel look={note} />}
      {since && (
        <p className={styles.since}>
          since <Age time={since} />
        </p>
      )}
    </li>
  );
}
