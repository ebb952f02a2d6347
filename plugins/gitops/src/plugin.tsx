import { createFrontendPlugin } from '@backstage/frontend-plugin-api';
import { RiRocket2Line } from '@remixicon/react';
import { gitopsApi } from './extensions/api';
import { banner } from './extensions/banner';
import { deploymentStateFilter } from './extensions/catalog';
import { deploymentsCard, deploymentsContent } from './extensions/deployments';
import { formFields } from './extensions/formFields';
import { queryCache } from './extensions/queryCache';
import { search } from './extensions/search';
import {
  setupChecks,
  setupPage,
  unmatchedApplications,
} from './extensions/setup';
import {
  deploymentsRouteRef,
  setupRouteRef,
  templateRouteRef,
  unmatchedRouteRef,
} from './routes';

/**
 * The GitOps frontend plugin.
 *
 * @public
 */
export const gitopsPlugin = createFrontendPlugin({
  pluginId: 'gitops',
  title: 'GitOps',
  icon: <RiRocket2Line />,
  info: { packageJson: () => import('../package.json') },
  routes: {
    deployments: deploymentsRouteRef,
    setup: setupRouteRef,
    unmatched: unmatchedRouteRef,
  },
  externalRoutes: { template: templateRouteRef },
  extensions: [
    gitopsApi,
    queryCache,
    deploymentsContent,
    deploymentsCard,
    banner,
    deploymentStateFilter,
    ...search,
    setupPage,
    setupChecks,
    unmatchedApplications,
    ...formFields,
  ],
});
