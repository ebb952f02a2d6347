import { createApp } from '@backstage/app-defaults';
import { AppRouter, FlatRoutes } from '@backstage/core-app-api';
import { createApiFactory } from '@backstage/core-plugin-api';
import {
  CatalogEntityPage,
  CatalogIndexPage,
  EntityLayout,
} from '@backstage/plugin-catalog';
import { catalogApiRef } from '@backstage/plugin-catalog-react';
import { catalogApiMock } from '@backstage/plugin-catalog-react/testUtils';
// eslint-disable-next-line @backstage/no-ui-css-imports-in-non-frontend -- this is an app
import '@backstage/ui/css/styles.css';
import ReactDOM from 'react-dom/client';
import { Route } from 'react-router-dom';
import {
  EntityDeploymentsCard,
  EntityDeploymentsContent,
  GitopsBanner,
  gitopsApiRef,
  gitopsPlugin,
} from '../../src/legacy';
import { healthyWorld } from '../../src/testing/deployments';
import { fakeGitopsApi } from '../../src/testing/fakeGitopsApi';

/*
 * An app on the old frontend system, with fake answers:
 * `yarn workspace @callboard/backstage-plugin-gitops start:legacy`
 */
const entity = {
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Component',
  metadata: {
    name: 'cart',
    namespace: 'default',
    annotations: {
      'backstage.io/source-location': 'url:https://github.test/acme/cart/',
    },
  },
  spec: { type: 'service', lifecycle: 'production', owner: 'storefront' },
};

const app = createApp({
  plugins: [gitopsPlugin],
  apis: [
    createApiFactory(catalogApiRef, catalogApiMock({ entities: [entity] })),
    createApiFactory(gitopsApiRef, fakeGitopsApi(healthyWorld())),
  ],
});

const entityPage = (
  <EntityLayout>
    <EntityLayout.Route path="/" title="Overview">
      <EntityDeploymentsCard />
    </EntityLayout.Route>
    <EntityLayout.Route path="/deployments" title="Deployments">
      <EntityDeploymentsContent />
    </EntityLayout.Route>
  </EntityLayout>
);

const Root = app.createRoot(
  <AppRouter>
    <GitopsBanner />
    <FlatRoutes>
      <Route path="/catalog" element={<CatalogIndexPage />} />
      <Route
        path="/catalog/:namespace/:kind/:name"
        element={<CatalogEntityPage />}
      >
        {entityPage}
      </Route>
    </FlatRoutes>
  </AppRouter>,
);
ReactDOM.createRoot(document.getElementById('root') as HTMLElement).render(
  <Root />,
);
