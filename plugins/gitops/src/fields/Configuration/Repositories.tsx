import { type EnvironmentList } from '@callboard/backstage-plugin-gitops-common';
import { ExternalLink } from '../../components/common/ExternalLink';
import { repositoryName } from '../../presentation/repository';
import styles from './Configuration.module.css';
import { platformReposOf } from './platformRepos';

/** Where a new service's repository goes, and where it is registered. */
export function Repositories({ configured }: { configured: EnvironmentList }) {
  const { items, newRepositories } = configured;
  const platformRepos = platformReposOf(items);
  return (
    <dl className={styles.repositories}>
      {newRepositories && (
        <Row term="New repositories" urls={[newRepositories.url]} />
      )}
      {platformRepos.length > 0 && (
        <Row term="Platform repository" urls={platformRepos} />
      )}
    </dl>
  );
}

function Row({ term, urls }: { term: string; urls: readonly string[] }) {
  return (
    <div>
      <dt>{term}</dt>
      {urls.map(url => (
        <dd key={url}>
          <ExternalLink href={url}>{repositoryName(url)}</ExternalLink>
        </dd>
      ))}
    </div>
  );
}
