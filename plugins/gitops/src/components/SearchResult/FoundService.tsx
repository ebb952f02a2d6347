import { parseEntityRef } from '@backstage/catalog-model';
import { useEntityPresentation } from '@backstage/plugin-catalog-react';
import { Link, Skeleton } from '@backstage/ui';
import { type DeploymentDocument } from '@callboard/backstage-plugin-gitops-common';
import { type ReactElement } from 'react';
import { useEntityDeployments } from '../../hooks/useEntityDeployments';
import { explainError } from '../../presentation/errors';
import {
  type EntityDocument,
  type FoundService as Service,
} from '../../presentation/searchResults';
import { EnvironmentChips } from '../EnvironmentChips';
import styles from './SearchResult.module.css';

/**
 * What the search found of a service. What runs where is asked for now, with the
 * rights of whoever looks: the index is minutes old.
 */
export function FoundService(props: { service: Service; icon?: ReactElement }) {
  const { service, icon } = props;
  const { entityRef, entity, deployments } = service;
  const [address] = (entity ?? deployments[0])?.location.split('?') ?? [];
  return (
    <div className={styles.result}>
      {icon && (
        <span className={styles.icon} aria-hidden>
          {icon}
        </span>
      )}
      <div className={styles.body}>
        <h3 className={styles.title}>
          <Link href={address} className={styles.link}>
            <Name entityRef={entityRef} />
          </Link>
        </h3>
        {entity && <About entity={entity} />}
        <Live service={service} />
      </div>
    </div>
  );
}

function Name({ entityRef }: { entityRef: string }) {
  const { primaryTitle } = useEntityPresentation(parseEntityRef(entityRef), {
    defaultKind: 'component',
  });
  return <>{primaryTitle}</>;
}

function About({ entity }: { entity: EntityDocument }) {
  const { kind, type, lifecycle, owner, text } = entity;
  const facts = [kind, type, lifecycle, owner && `owned by ${nameOf(owner)}`];
  return (
    <div className={styles.words}>
      <p>{text}</p>
      <p>{facts.filter(Boolean).join(' · ')}</p>
    </div>
  );
}

function nameOf(entityRef: string): string {
  return entityRef.split(/[:/]/).at(-1) ?? entityRef;
}

function Live({ service }: { service: Service }) {
  const { entityRef, entity, deployments: found } = service;
  const { data, error } = useEntityDeployments(entityRef);
  const deployments = data?.item?.deployments ?? [];
  if (!data) {
    return error ? (
      <AsIndexed found={found} why={explainError(error).title} />
    ) : (
      <div role="status" aria-busy="true" aria-label="Loading versions">
        <Skeleton width="60%" height={26} />
      </div>
    );
  }
  if (deployments.length === 0) {
    return entity ? null : <p className={styles.words}>No longer deployed.</p>;
  }
  return (
    <>
      <EnvironmentChips deployments={deployments} />
      {found.length > 0 && found.length < deployments.length && (
        <Found found={found} />
      )}
    </>
  );
}

function Found({ found }: { found: readonly DeploymentDocument[] }) {
  return (
    <p className={styles.words}>
      Found:{' '}
      {found.map(({ location, environment, cluster }, index) => (
        <span key={location}>
          {index > 0 && ', '}
          <Link href={location} color="secondary">
            {environment && environment !== cluster
              ? `${environment} on ${cluster}`
              : cluster}
          </Link>
        </span>
      ))}
    </p>
  );
}

/** Better than nothing, as long as it says what it is. */
function AsIndexed(props: {
  found: readonly DeploymentDocument[];
  why: string;
}) {
  const { found, why } = props;
  return found.length === 0 ? null : (
    <div className={styles.words}>
      <p>{why}. When the search last looked:</p>
      <ul>
        {found.map(({ location, title, text }) => (
          <li key={location}>
            {title}: {text}
          </li>
        ))}
      </ul>
    </div>
  );
}
