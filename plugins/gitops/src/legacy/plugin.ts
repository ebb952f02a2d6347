import { convertLegacyRouteRef } from '@backstage/core-compat-api';
import {
  createApiFactory,
  createComponentExtension,
  createPlugin,
  createRoutableExtension,
  discoveryApiRef,
  fetchApiRef,
} from '@backstage/core-plugin-api';
import { GitopsClient } from '@callboard/backstage-plugin-gitops-common';
import { gitopsApiRef } from '../gitopsApiRef';
import {
  deploymentsRouteRef,
  setupRouteRef,
  templateRouteRef,
} from '../routes';
import { inOldApp } from './inOldApp';

const deployments = convertLegacyRouteRef(deploymentsRouteRef);
const setup = convertLegacyRouteRef(setupRouteRef);

/**
 * The GitOps frontend plugin, for the old frontend system.
 *
 * @public
 */
export const gitopsPlugin = createPlugin({
  id: 'gitops',
  apis: [
    createApiFactory({
      api: gitopsApiRef,
      deps: { discoveryApi: discoveryApiRef, fetchApi: fetchApiRef },
      factory: deps => new GitopsClient(deps),
    }),
  ],
  routes: { deployments, setup },
  externalRoutes: { template: convertLegacyRouteRef(templateRouteRef) },
});

/**
 * The Deployments tab, for `EntityLayout.Route`.
 *
 * @public
 */
export const EntityDeploymentsContent = gitopsPlugin.provide(
  createRoutableExtension({
    name: 'EntityDeploymentsContent',
    mountPoint: deployments,
    component: async () => {
      const { DeploymentsTab } = await import('../components/DeploymentsTab');
      return inOldApp(DeploymentsTab);
    },
  }),
);

/**
 * The same facts in short, for an entity's overview.
 *
 * @public
 */
export const EntityDeploymentsCard = gitopsPlugin.provide(
  createComponentExtension({
    name: 'EntityDeploymentsCard',
    component: {
      lazy: async () => {
        const { DeploymentsCard } = await import(
          '../components/DeploymentsCard'
        );
        return inOldApp(DeploymentsCard);
      },
    },
  }),
);

/**
 * A word that is on every page, see `gitops.banner`.
 *
 * @public
 */
export const GitopsBanner = gitopsPlugin.provide(
  createComponentExtension({
    name: 'GitopsBanner',
    component: {
      lazy: async () => (await import('../components/Banner')).Banner,
    },
  }),
);

/**
 * Delivery setup, for whoever looks after the portal: a page to route to.
 *
 * @public
 */
export const GitopsSetupPage = gitopsPlugin.provide(
  createRoutableExtension({
    name: 'GitopsSetupPage',
    mountPoint: setup,
    component: async () => {
      const { SetupPage } = await import('./SetupPage');
      return inOldApp(SetupPage);
    },
  }),
);
