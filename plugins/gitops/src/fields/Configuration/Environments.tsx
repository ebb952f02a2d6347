import { type Environment } from '@callboard/backstage-plugin-gitops-common';
import { ExternalLink } from '../../components/common/ExternalLink';
import { repositoryName } from '../../presentation/repository';
import { describeWriteMode } from '../../presentation/writeMode';
import styles from './Configuration.module.css';
import { platformReposOf } from './platformRepos';

/** The environments in order of promotion. */
export function Environments(props: { environments: readonly Environment[] }) {
  const { environments } = props;
  const isDivided = platformReposOf(environments).length > 1;
  return (
    <table className={styles.environments}>
      <thead>
        <tr>
          <th scope="col">Environment</th>
          <th scope="col">Clusters</th>
          {isDivided && <th scope="col">Platform repository</th>}
          <th scope="col">A change there is</th>
        </tr>
      </thead>
      <tbody>
        {environments.map(({ name, clusters, platformRepo, write }) => (
          <tr key={name}>
            <th scope="row">{name}</th>
            <td>{clusters.map(cluster => cluster.name).join(', ')}</td>
            {isDivided && (
              <td>
                <ExternalLink href={platformRepo}>
                  {repositoryName(platformRepo)}
                </ExternalLink>
              </td>
            )}
            <td>{describeWriteMode(write)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
