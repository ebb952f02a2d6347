/* eslint-disable jsx-a11y/no-redundant-roles, jsx-a11y/no-interactive-element-to-noninteractive-role -- see Matrix */
import {
  type Deployment,
  type Source,
} from '@callboard/backstage-plugin-gitops-common';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import {
  type ClusterRow as Row,
  type MissingReason,
} from '../../presentation/environments';
import { sourceTitle } from '../../presentation/sources';
import { lookOfHealth, lookOfSync } from '../../presentation/status';
import { versionOf, versionText } from '../../presentation/version';
import { Age } from '../common/Age';
import { ExternalLink } from '../common/ExternalLink';
import { DeploymentCells } from './DeploymentCells';
import styles from './Matrix.module.css';

/** What runs on one cluster, or why nothing does. */
export function ClusterRow(props: {
  row: Row;
  /** The environment's heading, on its first row. */
  heading?: ReactNode;
  isAmbiguous: boolean;
}) {
  const { row, heading, isAmbiguous } = props;
  const { cluster, labels, deployment, trouble } = row;
  const [isChanged, settle] = useIsChanged(deployment);
  const tint = isChanged ? styles.changed : '';
  return (
    <tr role="row" className={`${styles.row} ${tint}`} onAnimationEnd={settle}>
      {heading}
      <th scope="row" role="rowheader" className={styles.cluster}>
        {cluster}
        {Object.entries(labels).map(([name, value]) => (
          <span key={name} className={styles.secondary}>
            {name}: {value}
          </span>
        ))}
        {deployment?.preview?.pullRequest && (
          <span className={styles.secondary}>
            <PullRequest {...deployment.preview.pullRequest} />
          </span>
        )}
        {isAmbiguous && deployment && (
          <span className={styles.secondary}>
            {deployment.application.name}
          </span>
        )}
        {trouble && deployment && (
          <span className={styles.stale}>
            as of <Age time={deployment.observedAt} />
          </span>
        )}
      </th>
      {deployment ? (
        <DeploymentCells deployment={deployment} />
      ) : (
        <td role="cell" colSpan={6} className={styles.missing}>
          {explainMissing(row.missing, trouble)}
        </td>
      )}
    </tr>
  );
}

function PullRequest({ number, url }: { number: number; url?: string }) {
  const name = `pull request #${number}`;
  return url ? (
    <ExternalLink href={url} label={name} isPlain>
      {name}
    </ExternalLink>
  ) : (
    <>{name}</>
  );
}

function explainMissing(
  reason: MissingReason | undefined,
  trouble: Source | undefined,
): string {
  switch (reason) {
    case 'awaiting-application':
      return 'Registered. Argo CD has not created the application yet.';
    case 'awaiting-root':
      return "Registered. The environment's root application, which deploys it, has nothing of it yet.";
    case 'not-registered':
      return 'Not registered for this cluster.';
    case 'unknown':
    case undefined:
      return trouble
        ? `Not known: ${sourceTitle(trouble.name)} does not answer.`
        : 'Not known.';
    default:
      return reason satisfies never;
  }
}

/** Whether the facts of the row changed while it was on the page. */
function useIsChanged(
  deployment: Deployment | undefined,
): [boolean, () => void] {
  const facts = deployment && factsOf(deployment);
  const before = useRef(facts);
  const [isChanged, setChanged] = useState(false);
  useEffect(() => {
    if (before.current !== facts) {
      before.current = facts;
      setChanged(true);
    }
  }, [facts]);
  return [isChanged, () => setChanged(false)];
}

function factsOf(deployment: Deployment): string {
  return [
    versionText(versionOf(deployment)),
    lookOfSync(deployment).word,
    lookOfHealth(deployment).word,
  ].join();
}
