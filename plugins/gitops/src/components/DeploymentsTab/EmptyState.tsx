import { stringifyEntityRef } from '@backstage/catalog-model';
import { useEntity } from '@backstage/plugin-catalog-react';
import { ButtonLink, Card, CardBody, CardHeader, Text } from '@backstage/ui';
import {
  ARGOCD_APP_NAME,
  type Environment,
} from '@callboard/backstage-plugin-gitops-common';
import { useAddLink } from '../../hooks/useAddLink';
import { type DeploymentsResult } from '../../hooks/useDeployments';
import { repositoryOf } from '../../presentation/repository';
import { Snippet } from '../common/Snippet';
import { ConfigurationSnippet } from './ConfigurationSnippet';
import styles from './EmptyState.module.css';

type Loaded = Extract<DeploymentsResult, { status: 'loaded' }>;

/** Whether there is nothing to put into a matrix, and nobody may know better. */
export function isEmpty({ environments, registrations, sources }: Loaded) {
  return (
    registrations === 'loaded' &&
    sources.every(({ state }) => state === 'ok') &&
    environments.every(
      ({ notice, rows }) =>
        rows.length === 0 && (!notice || notice === 'not-registered'),
    )
  );
}

/** No environment, no application, no registration: where to begin. */
export function EmptyState({ result }: { result: Loaded }) {
  const first = result.environments[0]?.environment;
  return first ? (
    <NotRegistered first={first} />
  ) : (
    <ConfigurationSnippet reason="No environments are configured." />
  );
}

function NotRegistered({ first }: { first: Environment }) {
  const { entity } = useEntity();
  const { name } = entity.metadata;
  const link = useAddLink(first.name);
  const repository = repositoryOf(entity)?.name;
  return (
    <Card>
      <CardHeader>
        <Text as="h3" variant="body-large" weight="bold">
          {name} is not deployed anywhere yet
        </Text>
      </CardHeader>
      <CardBody className={styles.body}>
        <Text as="p">
          It is registered for no environment, and Argo CD has no application
          {repository ? ` from ${repository}` : ' of it'}. Registering it writes
          an entry into the repository that Argo CD watches.
        </Text>
        {link && (
          <ButtonLink href={link} variant="primary">
            Add to {first.name}
          </ButtonLink>
        )}
        <details className={styles.details}>
          <summary>It is deployed already, but does not show here?</summary>
          <p>
            Applications are found by their source repository. Where they come
            from another one, name them in the catalog-info.yaml of{' '}
            {stringifyEntityRef(entity)}:
          </p>
          <Snippet
            label="Annotation that selects an application"
            text={`metadata:\n  annotations:\n    ${ARGOCD_APP_NAME}: ${name}\n`}
          />
        </details>
      </CardBody>
    </Card>
  );
}
