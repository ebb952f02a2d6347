import {
  PageBlueprint,
  SubPageBlueprint,
} from '@backstage/frontend-plugin-api';
import { RiListCheck3 } from '@remixicon/react';
import { setupRouteRef, unmatchedRouteRef } from '../routes';

/** For whoever looks after the portal; nobody else has the page, or its link. */
export const setupPage = PageBlueprint.make({
  name: 'setup',
  // Name and action of `gitopsSetupReadPermission`.
  if: { permissions: { $contains: 'gitops.setup.read#read' } },
  params: {
    path: '/gitops/setup',
    title: 'Delivery setup',
    icon: <RiListCheck3 />,
    routeRef: setupRouteRef,
  },
});

const attachTo = { id: 'page:gitops/setup', input: 'pages' };

/** Whether the systems that the portal talks to are set up. */
export const setupChecks = SubPageBlueprint.make({
  name: 'checks',
  attachTo,
  params: {
    path: 'checks',
    title: 'Setup',
    loader: async () => {
      const { SetupChecks } = await import('../components/DeliverySetup');
      return <SetupChecks />;
    },
  },
});

/** Applications and entities that don't come together. */
export const unmatchedApplications = SubPageBlueprint.make({
  name: 'unmatched',
  attachTo,
  params: {
    path: 'unmatched',
    title: 'Unmatched applications',
    routeRef: unmatchedRouteRef,
    loader: async () => {
      const { UnmatchedApplications } = await import(
        '../components/DeliverySetup'
      );
      return <UnmatchedApplications />;
    },
  },
});
