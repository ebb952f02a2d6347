import {
  CatalogIndexPage,
  CatalogTable,
  DefaultEntityPresentationApi,
} from '@backstage/plugin-catalog';
import {
  catalogApiRef,
  DefaultFilters,
  entityPresentationApiRef,
  EntityProvider,
  entityRouteRef,
  MockStarredEntitiesApi,
  starredEntitiesApiRef,
} from '@backstage/plugin-catalog-react';
import { catalogApiMock } from '@backstage/plugin-catalog-react/testUtils';
import { permissionApiRef } from '@backstage/plugin-permission-react';
import {
  MockSearchApi,
  searchApiRef,
  SearchContextProvider,
  SearchResult,
} from '@backstage/plugin-search-react';
import {
  MockPermissionApi,
  renderInTestApp,
  TestApiProvider,
} from '@backstage/test-utils';
import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { type ReactNode } from 'react';
import { Route, Routes } from 'react-router-dom';
import {
  createDeploymentStateColumn,
  EntityDeploymentsCard,
  EntityDeploymentsContent,
  gitopsApiRef,
  GitopsDeploymentStatePicker,
  gitopsPlugin,
  GitopsSearchResultListItem,
  GitopsSetupPage,
  isDeploymentsAvailable,
} from '../legacy';
import { deployment, healthyWorld } from '../testing/deployments';
import { fakeGitopsApi } from '../testing/fakeGitopsApi';

const entity = {
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Component',
  metadata: {
    name: 'cart',
    namespace: 'default',
    annotations: { 'argocd/app-name': 'cart' },
  },
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

async function renderInOldApp(
  page: ReactNode,
  route: string = '/deployments',
): Promise<void> {
  const search = new MockSearchApi({ results: [found], numberOfResults: 1 });
  const catalog = catalogApiMock({ entities: [entity] });
  const world = healthyWorld({
    deploymentsOf: {
      'component:default/cart': [
        deployment('dev'),
        deployment('production/prod-eu1', { health: { status: 'Degraded' } }),
      ],
    },
  });
  await renderInTestApp(
    <TestApiProvider
      apis={[
        [gitopsApiRef, fakeGitopsApi(world)],
        [catalogApiRef, catalog],
        [searchApiRef, search],
        [permissionApiRef, new MockPermissionApi()],
        [starredEntitiesApiRef, new MockStarredEntitiesApi()],
        [
          entityPresentationApiRef,
          DefaultEntityPresentationApi.create({ catalogApi: catalog }),
        ],
      ]}
    >
      <EntityProvider entity={entity}>{page}</EntityProvider>
    </TestApiProvider>,
    {
      routeEntries: [route],
      mountedRoutes: { '/catalog/:namespace/:kind/:name': entityRouteRef },
    },
  );
}

describe('in an app on the old frontend system', () => {
  it('shows the tab, and the details of a deployment in it', async () => {
    await renderInOldApp(
      <Routes>
        <Route path="/deployments" element={<EntityDeploymentsContent />} />
      </Routes>,
    );

    expect(await screen.findAllByText('1.0.7')).toHaveLength(4);
    await userEvent.click(
      await screen.findByRole('button', { name: 'Details of cart-dev-dev' }),
    );
    expect(
      await screen.findByRole('dialog', { name: 'cart-dev-dev' }),
    ).toBeVisible();
  });

  it('shows the card, with a link where the tab is', async () => {
    await renderInOldApp(
      <Routes>
        <Route
          path="/deployments"
          element={
            <>
              <EntityDeploymentsCard />
              <EntityDeploymentsContent />
            </>
          }
        />
      </Routes>,
    );

    expect(
      await screen.findByRole('link', { name: 'View deployments' }),
    ).toHaveAttribute('href', '/deployments');
  });

  it('shows the card where there is no tab', async () => {
    await renderInOldApp(<EntityDeploymentsCard />);

    expect(await screen.findAllByText('1.0.7')).toHaveLength(3);
    expect(
      screen.queryByRole('link', { name: 'View deployments' }),
    ).not.toBeInTheDocument();
  });

  it('shows a service that the search found', async () => {
    await renderInOldApp(
      <SearchContextProvider
        initialState={{ term: 'cart', types: [], filters: {} }}
      >
        <SearchResult>
          <GitopsSearchResultListItem />
        </SearchResult>
      </SearchContextProvider>,
    );

    const chips = await screen.findByRole('list', {
      name: 'Deployed versions',
    });
    expect(chips).toHaveTextContent('dev1.0.7');
    expect(screen.getByRole('link', { name: 'cart' })).toHaveAttribute(
      'href',
      '/catalog/default/component/cart',
    );
  });

  it('shows column and filter in the list of the catalog', async () => {
    await renderInOldApp(
      <Routes>
        <Route
          path="/deployments"
          element={
            <CatalogIndexPage
              initiallySelectedFilter="all"
              columns={context => [
                ...CatalogTable.defaultColumnsFunc(context),
                createDeploymentStateColumn(),
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
      </Routes>,
    );

    expect(await screen.findByText('1 of 2 Degraded')).toBeVisible();
    expect(
      await screen.findByRole('button', { name: /\S Deployment state/ }),
    ).toBeVisible();
  });

  it('shows how deliveries are set up', async () => {
    await renderInOldApp(
      <Routes>
        <Route path="/gitops/setup/*" element={<GitopsSetupPage />} />
      </Routes>,
      '/gitops/setup',
    );

    expect(await screen.findByText('All 2 checks are fine')).toBeVisible();
    await userEvent.click(
      screen.getByRole('tab', { name: 'Unmatched applications' }),
    );
    expect(
      await screen.findByText(/Applications that no entity/),
    ).toBeVisible();
  });

  it('is the same plugin, for entities that have deployments', () => {
    expect(gitopsPlugin.getId()).toBe('gitops');
    expect(isDeploymentsAvailable(entity)).toBe(true);
    expect(isDeploymentsAvailable({ ...entity, kind: 'API' })).toBe(false);
  });
});
