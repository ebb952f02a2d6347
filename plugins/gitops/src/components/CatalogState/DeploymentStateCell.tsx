import { type Entity, stringifyEntityRef } from '@backstage/catalog-model';
import { Skeleton } from '@backstage/ui';
import { useEntityDeployments } from '../../hooks/useEntityDeployments';
import { explainError } from '../../presentation/errors';
import { lastEnvironment, lookOfAll } from '../../presentation/glance';
import { versionText } from '../../presentation/version';
import { QueryCache } from '../../query/QueryCache';
import { HiddenText } from '../common/HiddenText';
import { StatusLabel } from '../common/StatusLabel';
import { VersionLabel } from '../common/VersionLabel';
import styles from './DeploymentStateCell.module.css';

/**
 * How an entity's deployments are, and which version its last environment runs.
 * Tables are other plugins', so it brings its own cache of answers.
 */
export function DeploymentStateCell({ entity }: { entity: Entity }) {
  return (
    <QueryCache>
      <State entityRef={stringifyEntityRef(entity)} />
    </QueryCache>
  );
}

function State({ entityRef }: { entityRef: string }) {
  const { data, error } = useEntityDeployments(entityRef);
  if (!data) {
    return error ? (
      <Nothing why={explainError(error).title} />
    ) : (
      <Skeleton width={96} height={20} />
    );
  }
  const deployments = data.item?.deployments ?? [];
  const look = lookOfAll(deployments);
  const last = lastEnvironment(deployments);
  if (!look) {
    return <Nothing why="Not deployed" />;
  }
  return (
    <div className={styles.state}>
      <StatusLabel look={look} />
      {last && !last.versions.every(({ kind }) => kind === 'unbuilt') && (
        <span className={styles.last}>
          {last.name}{' '}
          {last.versions.map((view, index) => (
            <span key={versionText(view)}>
              {index > 0 && ', '}
              <VersionLabel view={view} />
            </span>
          ))}
        </span>
      )}
    </div>
  );
}

function Nothing({ why }: { why: string }) {
  return (
    <span className={styles.state} title={why}>
      <span aria-hidden>—</span>
      <HiddenText>{why}</HiddenText>
    </span>
  );
}
