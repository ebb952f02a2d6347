import { BgProvider, Button } from '@backstage/ui';
import { type ApplicationRef } from '@callboard/backstage-plugin-gitops-common';
import { useDeploymentLink } from '../../hooks/useDeploymentLink';
import { deploymentKey } from '../../presentation/deploymentLink';

/** Marks the buttons, by the deployment that they open. */
export const DETAILS_OF = 'data-details-of';

/** Opens the details of a deployment. */
export function DetailsButton(props: { application: ApplicationRef }) {
  const { application } = props;
  const { open } = useDeploymentLink();
  const key = deploymentKey(application);
  return (
    <BgProvider bg="neutral-1">
      <Button
        size="small"
        variant="secondary"
        aria-haspopup="dialog"
        aria-label={`Details of ${application.name}`}
        {...{ [DETAILS_OF]: key }}
        onPress={() => open(key)}
      >
        Details
      </Button>
    </BgProvider>
  );
}
