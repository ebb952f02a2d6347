import { createApp } from '@backstage/app-defaults';
import { AppRouter, FlatRoutes } from '@backstage/core-app-api';
import { createApiFactory } from '@backstage/core-plugin-api';
import {
  CatalogEntityPage,
  CatalogIndexPage,
  CatalogTable,
  EntityLayout,
} from '@backstage/plugin-catalog';
import { catalogApiRef, DefaultFilters } from '@backstage/plugin-catalog-react';
import { catalogApiMock } from '@backstage/plugin-catalog-react/testUtils';
import {
  MockSearchApi,
  searchApiRef,
  SearchContextProvider,
  SearchResult,
} from '@backstage/plugin-search-react';
// eslint-disable-next-line @backstage/no-ui-css-imports-in-non-frontend -- this is an app
import '@backstage/ui/css/styles.css';
import ReactDOM from 'react-dom/client';
import { Route } from 'react-router-dom';
import {
  createDeploymentStateColumn,
  EntityDeploymentsCard,
  EntityDeploymentsContent,
  GitopsBanner,
  gitopsApiRef,
  GitopsDeploymentStatePicker,
  gitopsPlugin,
  GitopsSearchResultListItem,
  GitopsSetupPage,
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

const found = {
  type: 'software-catalog',
  document: {
    title: 'cart',
    text: 'What people are about to buy',
    location: '/catalog/default/component/cart',
    kind: 'Component',
    namespace: 'default',
  },
};

const world = healthyWorld();
const everywhere = {
  ...world,
  deploymentsOf: { 'component:default/cart': world.deployments },
};

const column = createDeploymentStateColumn();

const app = createApp({
  plugins: [gitopsPlugin],
  apis: [
    createApiFactory(catalogApiRef, catalogApiMock({ entities: [entity] })),
    createApiFactory(gitopsApiRef, fakeGitopsApi(everywhere)),
    createApiFactory(
      searchApiRef,
      new MockSearchApi({ results: [found], numberOfResults: 1 }),
    ),
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
      <Route
        path="/catalog"
        element={
          <CatalogIndexPage
            initiallySelectedFilter="all"
            columns={context => [
              ...CatalogTable.defaultColumnsFunc(context),
              column,
            ]}
            filters={
              <>
                <DefaultFilters initiallySelectedFilter="all" />
                <GitopsDeploymentStatePicker />
              </>
            }
          />
        }
      />
      <Route
        path="/catalog/:namespace/:kind/:name"
        element={<CatalogEntityPage />}
      >
        {entityPage}
      </Route>
      <Route
        path="/search"
        element={
          <SearchContextProvider
            initialState={{ term: 'cart', types: [], filters: {} }}
          >
            <SearchResult>
              <GitopsSearchResultListItem />
            </SearchResult>
          </SearchContextProvider>
        }
      />
      <Route path="/gitops/setup" element={<GitopsSetupPage />} />
    </FlatRoutes>
  </AppRouter>,
);
ReactDOM.createRoot(document.getElementById('root') as HTMLElement).render(
  <Root />,
);
