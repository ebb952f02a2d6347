import { BgProvider } from '@backstage/ui';
import {
  type Deployment,
  type DeploymentName,
} from '@callboard/backstage-plugin-gitops-common';
import { useRef } from 'react';
import { Dialog, Modal, ModalOverlay } from 'react-aria-components';
import { useDeploymentLink } from '../../hooks/useDeploymentLink';
import { deploymentKey } from '../../presentation/deploymentLink';
import styles from './DeploymentDrawer.module.css';
import { Details } from './Details';
import { DrawerHeader } from './DrawerHeader';
import { StatusOnly } from './StatusOnly';
import { useNeighbours } from './useNeighbours';

/** The details of a deployment, beside the list that it is in. */
export function DeploymentDrawer(props: {
  entityRef: string;
  deployment: Deployment;
  /** All of them, in the order of the list. */
  deployments: readonly Deployment[];
}) {
  const { entityRef, deployment, deployments } = props;
  const { close } = useDeploymentLink();
  const dialog = useRef<HTMLElement>(null);
  const neighbours = useNeighbours(deployment, deployments, dialog);
  const name: DeploymentName = { entityRef, ...deployment.application };
  return (
    <ModalOverlay
      className={styles.overlay ?? ''}
      isOpen
      isDismissable
      onOpenChange={isOpen => !isOpen && close()}
    >
      <Modal className={styles.drawer ?? ''}>
        <Dialog ref={dialog} className={styles.dialog ?? ''}>
          <BgProvider bg="neutral-1">
            <DrawerHeader
              deployment={deployment}
              neighbours={neighbours}
              close={close}
            />
            {isOpenTo(deployment) ? (
              <Details
                key={deploymentKey(name)}
                name={name}
                deployment={deployment}
              />
            ) : (
              <StatusOnly deployment={deployment} />
            )}
          </BgProvider>
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}

function isOpenTo({ access }: Deployment): boolean {
  return !access.unproven && access.may.includes('detail');
}
