/* eslint-disable jsx-a11y/no-redundant-roles, jsx-a11y/no-interactive-element-to-noninteractive-role -- see Matrix */
import {
  type Deployment,
  type Revision,
  waitsForFirstBuild,
} from '@callboard/backstage-plugin-gitops-common';
import { type ReactNode } from 'react';
import { shortRevision } from '../../presentation/revision';
import {
  APPROXIMATE,
  lookOfHealth,
  lookOfSync,
  type StatusLook,
} from '../../presentation/status';
import { versionOf } from '../../presentation/version';
import { Age } from '../common/Age';
import { ExternalLink } from '../common/ExternalLink';
import { LongText } from '../common/LongText';
import { StatusLabel } from '../common/StatusLabel';
import { VersionLabel } from '../common/VersionLabel';
import { DetailsButton } from './DetailsButton';
import styles from './Matrix.module.css';

const FIRST_BUILD = 'Nothing can run before the first version is released.';

/** The facts of a deployment, a cell each. */
export function DeploymentCells({ deployment }: { deployment: Deployment }) {
  const { application, revisions, since, sync, health, approximate } =
    deployment;
  return (
    <>
      <Cell name="Version">
        <VersionLabel view={versionOf(deployment)} />
        {approximate && (
          <div className={styles.approximate}>
            <Status look={APPROXIMATE} reason={approximate.message} />
          </div>
        )}
      </Cell>
      <Cell name="Sync">
        <Status look={lookOfSync(deployment)} reason={sync.message} />
      </Cell>
      <Cell name="Health">
        <Status
          look={lookOfHealth(deployment)}
          reason={waitsForFirstBuild(deployment) ? FIRST_BUILD : health.message}
        />
      </Cell>
      <Cell name="Revision">
        {revisions.length > 0
          ? revisions.map(it => (
              <RevisionLink key={`${it.repo}@${it.value}`} revision={it} />
            ))
          : '–'}
      </Cell>
      <Cell name="Since">{since ? <Age time={since} /> : '–'}</Cell>
      <Cell name="Links">
        <div className={styles.links}>
          <DetailsButton application={application} />
          {application.url && (
            <ExternalLink
              href={application.url}
              label={`${application.name} in Argo CD (${application.instance})`}
            >
              Argo CD
            </ExternalLink>
          )}
        </div>
      </Cell>
    </>
  );
}

/** `name` captions the cell on screens too small for the table's head. */
function Cell({ name, children }: { name: string; children: ReactNode }) {
  return (
    <td role="cell" className={styles.cell} data-name={name}>
      <div>{children}</div>
    </td>
  );
}

function Status(props: { look: StatusLook; reason?: string }) {
  return (
    <>
      <StatusLabel look={props.look} />
      {props.reason && (
        <div className={styles.reason}>
          <LongText limit={160}>{props.reason}</LongText>
        </div>
      )}
    </>
  );
}

function RevisionLink({ revision }: { revision: Revision }) {
  const short = shortRevision(revision);
  return (
    <div className={styles.revision} title={revision.value}>
      {revision.url ? (
        <ExternalLink href={revision.url} label={`Commit ${short}`} isPlain>
          {short}
        </ExternalLink>
      ) : (
        short
      )}
    </div>
  );
}
