import { parseEntityRef } from '@backstage/catalog-model';
import { useEntityPresentation } from '@backstage/plugin-catalog-react';
import { useSearchContextCheck } from '@backstage/plugin-search-react';
import { Link, Skeleton } from '@backstage/ui';
import { type DeploymentDocument } from '@callboard/backstage-plugin-gitops-common';
import { type ReactElement } from 'react';
import { useEntityDeployments } from '../../hooks/useEntityDeployments';
import { explainError } from '../../presentation/errors';
import { EnvironmentChips } from '../EnvironmentChips';
import styles from './SearchResult.module.css';
import { useMatches } from './useMatches';

/**
 * A service that the search found by what of it runs where. What it shows is
 * asked for now, with the rights of whoever looks: the index is minutes old.
 */
export function SearchResult(props: {
  result?: DeploymentDocument;
  icon?: ReactElement;
}) {
  const { result, icon } = props;
  const isInSearch = useSearchContextCheck();
  if (!result) {
    return null;
  }
  return isInSearch ? (
    <AmongOthers result={result} icon={icon} />
  ) : (
    <Service best={result} matches={[result]} icon={icon} />
  );
}

function AmongOthers(props: {
  result: DeploymentDocument;
  icon?: ReactElement;
}) {
  const { result, icon } = props;
  const matches = useMatches(result);
  return matches[0]?.location === result.location ? (
    <Service best={result} matches={matches} icon={icon} />
  ) : (
    // Its service is on the page already.
    <span className={styles.again} hidden />
  );
}

function Service(props: {
  best: DeploymentDocument;
  matches: readonly DeploymentDocument[];
  icon?: ReactElement;
}) {
  const { best, matches, icon } = props;
  const { entityRef } = best.deployment;
  const [address] = best.location.split('?');
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
        <Live entityRef={entityRef} matches={matches} />
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

function Live(props: {
  entityRef: string;
  matches: readonly DeploymentDocument[];
}) {
  const { entityRef, matches } = props;
  const { data, error } = useEntityDeployments(entityRef);
  const deployments = data?.item?.deployments ?? [];
  if (!data) {
    return error ? (
      <AsIndexed matches={matches} why={explainError(error).title} />
    ) : (
      <div role="status" aria-busy="true" aria-label="Loading versions">
        <Skeleton width="60%" height={26} />
      </div>
    );
  }
  if (deployments.length === 0) {
    return <p className={styles.words}>No longer deployed.</p>;
  }
  return (
    <>
      <EnvironmentChips deployments={deployments} />
      {matches.length < deployments.length && <Found matches={matches} />}
    </>
  );
}

function Found({ matches }: { matches: readonly DeploymentDocument[] }) {
  return (
    <p className={styles.words}>
      Found:{' '}
      {matches.map(({ location, environment, cluster }, index) => (
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
  matches: readonly DeploymentDocument[];
  why: string;
}) {
  return (
    <div className={styles.words}>
      <p>{props.why}. When the search last looked:</p>
      <ul>
        {props.matches.map(({ location, title, text }) => (
          <li key={location}>
            {title}: {text}
          </li>
        ))}
      </ul>
    </div>
  );
}
