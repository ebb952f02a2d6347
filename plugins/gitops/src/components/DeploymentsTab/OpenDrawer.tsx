import { stringifyEntityRef } from '@backstage/catalog-model';
import { useEntity } from '@backstage/plugin-catalog-react';
import { Alert, Button } from '@backstage/ui';
import { type Deployment } from '@callboard/backstage-plugin-gitops-common';
import { lazy, Suspense, useEffect, useRef } from 'react';
import { useDeploymentLink } from '../../hooks/useDeploymentLink';
import { deploymentKey } from '../../presentation/deploymentLink';
import { DETAILS_OF } from './DetailsButton';
import { LoadBoundary } from './LoadBoundary';

const DeploymentDrawer = lazy(async () => {
  const { DeploymentDrawer: component } = await import('../DeploymentDrawer');
  return { default: component };
});

/** The details that the page's address asks for, if it does. */
export function OpenDrawer(props: { deployments: readonly Deployment[] }) {
  const { deployments } = props;
  const { entity } = useEntity();
  const { link, close } = useDeploymentLink();
  useFocusReturn(link.deployment);
  if (!link.deployment) {
    return null;
  }
  const deployment = deployments.find(
    ({ application }) => deploymentKey(application) === link.deployment,
  );
  if (!deployment) {
    return <NotFound asked={link.deployment} close={close} />;
  }
  return (
    <LoadBoundary what="The details">
      <Suspense fallback={null}>
        <DeploymentDrawer
          entityRef={stringifyEntityRef(entity)}
          deployment={deployment}
          deployments={deployments}
        />
      </Suspense>
    </LoadBoundary>
  );
}

function NotFound(props: { asked: string; close(): void }) {
  return (
    <Alert
      status="warning"
      icon
      title={`The service has no deployment ${props.asked}`}
      description="The address is of one that was removed, or that you may not see. Below is what there is."
      customActions={
        <Button size="small" variant="secondary" onPress={props.close}>
          Dismiss
        </Button>
      }
    />
  );
}

/** Whoever came by a link has no button to go back to: the row's one it is. */
function useFocusReturn(deployment: string | undefined) {
  const last = useRef(deployment);
  useEffect(() => {
    const closed = deployment ? undefined : last.current;
    last.current = deployment;
    if (!closed) {
      return undefined;
    }
    const frame = requestAnimationFrame(() => {
      if (document.activeElement === document.body) {
        document
          .querySelector<HTMLElement>(`[${DETAILS_OF}="${CSS.escape(closed)}"]`)
          ?.focus();
      }
    });
    return () => cancelAnimationFrame(frame);
  }, [deployment]);
}
