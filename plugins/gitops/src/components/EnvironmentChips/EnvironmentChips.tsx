import { type Deployment } from '@callboard/backstage-plugin-gitops-common';
import { Fragment } from 'react';
import { glanceAtEnvironments } from '../../presentation/glance';
import { versionText } from '../../presentation/version';
import { StatusLabel } from '../common/StatusLabel';
import { VersionLabel } from '../common/VersionLabel';
import styles from './EnvironmentChips.module.css';

/** Which version each environment runs, and how it is there. */
export function EnvironmentChips(props: {
  deployments: readonly Deployment[];
}) {
  return (
    <ul className={styles.chips} aria-label="Deployed versions">
      {glanceAtEnvironments(props.deployments).map(
        ({ name, versions, look }) => (
          <li key={name} className={styles.chip}>
            <span className={styles.name}>{name}</span>
            {versions.map((view, index) => (
              <Fragment key={versionText(view)}>
                {index > 0 && <span aria-hidden>·</span>}
                <VersionLabel view={view} />
              </Fragment>
            ))}
            <StatusLabel look={look} />
          </li>
        ),
      )}
    </ul>
  );
}
