import {
  EntityCardBlueprint,
  EntityContentBlueprint,
} from '@backstage/plugin-catalog-react/alpha';
import { RiRocket2Line } from '@remixicon/react';
import { deploymentsRouteRef } from '../routes';
import { isDeployable } from './isDeployable';

/** The Deployments tab of an entity. */
export const deploymentsContent = EntityContentBlueprint.make({
  params: {
    path: '/deployments',
    title: 'Deployments',
    group: 'deployment',
    icon: <RiRocket2Line />,
    routeRef: deploymentsRouteRef,
    filter: isDeployable,
    loader: async () => {
      const { DeploymentsTab } = await import('../components/DeploymentsTab');
      return <DeploymentsTab />;
    },
  },
});

/** The same facts in short, on the entity's overview. */
export const deploymentsCard = EntityCardBlueprint.make({
  name: 'deployments',
  params: {
    type: 'content',
    filter: isDeployable,
    loader: async () => {
      const { DeploymentsCard } = await import('../components/DeploymentsCard');
      return <DeploymentsCard />;
    },
  },
});
