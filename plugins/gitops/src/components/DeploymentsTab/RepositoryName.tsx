import { useEntity } from '@backstage/plugin-catalog-react';
import { repositoryOf } from '../../presentation/repository';
import { ExternalLink } from '../common/ExternalLink';

/** Links to the service's repository. */
export function RepositoryName() {
  const repository = repositoryOf(useEntity().entity);
  return repository ? (
    <ExternalLink href={repository.url} label={`Repository ${repository.name}`}>
      {repository.name}
    </ExternalLink>
  ) : null;
}
