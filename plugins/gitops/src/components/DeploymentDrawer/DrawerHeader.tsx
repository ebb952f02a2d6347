import { ButtonIcon } from '@backstage/ui';
import { type Deployment } from '@callboard/backstage-plugin-gitops-common';
import {
  RiArrowDownSLine,
  RiArrowUpSLine,
  RiCloseLine,
} from '@remixicon/react';
import { Heading } from 'react-aria-components';
import { placeOf } from '../../presentation/changes';
import {
  APPROXIMATE,
  lookOfHealth,
  lookOfSync,
} from '../../presentation/status';
import { versionOf } from '../../presentation/version';
import { ExternalLink } from '../common/ExternalLink';
import { StatusLabel } from '../common/StatusLabel';
import { VersionLabel } from '../common/VersionLabel';
import styles from './DrawerHeader.module.css';
import { type Neighbours } from './useNeighbours';

/** Which deployment this is, and how it is. */
export function DrawerHeader(props: {
  deployment: Deployment;
  neighbours: Neighbours;
  close(): void;
}) {
  const { deployment, neighbours, close } = props;
  const { application } = deployment;
  return (
    <header className={styles.header}>
      <div className={styles.line}>
        <Heading slot="title" level={2} className={styles.title}>
          {application.name}
        </Heading>
        <div className={styles.buttons}>
          <Neighbour name="Previous deployment ([)" go={neighbours.previous} />
          <Neighbour name="Next deployment (])" go={neighbours.next} isNext />
          <ButtonIcon
            size="small"
            variant="tertiary"
            aria-label="Close"
            icon={<RiCloseLine />}
            onPress={close}
          />
        </div>
      </div>
      <div className={styles.facts}>
        <span>{placeOf(deployment)}</span>
        <VersionLabel view={versionOf(deployment)} />
        <StatusLabel look={lookOfSync(deployment)} />
        <StatusLabel look={lookOfHealth(deployment)} />
        {deployment.approximate && <StatusLabel look={APPROXIMATE} />}
        {application.url && (
          <ExternalLink
            href={application.url}
            label={`${application.name} in Argo CD (${application.instance})`}
          >
            Argo CD
          </ExternalLink>
        )}
      </div>
    </header>
  );
}

function Neighbour(props: { name: string; go?: () => void; isNext?: boolean }) {
  return (
    <ButtonIcon
      size="small"
      variant="tertiary"
      aria-label={props.name}
      icon={props.isNext ? <RiArrowDownSLine /> : <RiArrowUpSLine />}
      isDisabled={!props.go}
      onPress={props.go}
    />
  );
}
