import { type Entity } from '@backstage/catalog-model';
import { coreExtensionData } from '@backstage/frontend-plugin-api';
import { renderTestApp } from '@backstage/frontend-test-utils';
import { CatalogTable } from '@backstage/plugin-catalog';
import catalogPlugin, {
  CatalogIndexPage,
} from '@backstage/plugin-catalog/alpha';
import { catalogApiRef } from '@backstage/plugin-catalog-react';
import { catalogApiMock } from '@backstage/plugin-catalog-react/testUtils';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { createDeploymentStateColumn } from '../..';
import { gitopsApiRef } from '../../gitopsApiRef';
import { gitopsPlugin } from '../../plugin';
import {
  deployment,
  fakeGitopsApi,
  healthyWorld,
  refusal,
  type World,
} from '../../testing/deployments';

const ENTITIES: Entity[] = ['cart', 'web', 'idle'].map(name => ({
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Component',
  metadata: { name, namespace: 'default' },
  spec: { type: 'service', lifecycle: 'production', owner: 'shop' },
}));

/** The catalog's page as an app makes it, with the column. */
const catalogWithColumn = catalogPlugin.withOverrides({
  extensions: [
    catalogPlugin.getExtension('page:catalog').override({
      factory: (original, { inputs, config }) =>
        original({
          params: {
            loader: async () => (
              <CatalogIndexPage
                columns={context => [
                  ...CatalogTable.defaultColumnsFunc(context),
                  createDeploymentStateColumn(),
                ]}
                pagination={config.pagination}
                filters={
                  <>
                    {inputs.filters.map(filter =>
                      filter.get(coreExtensionData.reactElement),
                    )}
                  </>
                }
              />
            ),
          },
        }),
    }),
  ],
});

function renderCatalog(changes: Partial<World> = {}, query = '') {
  const world = healthyWorld({
    deploymentsOf: {
      'component:default/cart': [
        deployment('dev'),
        deployment('production/prod-eu1', { health: { status: 'Degraded' } }),
      ],
      'component:default/web': [deployment('dev')],
    },
    ...changes,
  });
  renderTestApp({
    features: [catalogWithColumn, gitopsPlugin],
    initialRouteEntries: [`/catalog?filters[user]=all${query}`],
    apis: [
      [gitopsApiRef, fakeGitopsApi(world)],
      [catalogApiRef, catalogApiMock({ entities: ENTITIES })],
    ],
  });
  return world;
}

const row = async (name: string) =>
  (await screen.findByRole('link', { name })).closest('tr') ?? document.body;

const names = () =>
  screen
    .getAllByRole('row')
    .flatMap(it => within(it).queryByRole('link')?.textContent ?? []);

async function pick(state: string) {
  await userEvent.click(
    await screen.findByRole('button', { name: /\S Deployment state/ }),
  );
  await userEvent.click(await screen.findByRole('option', { name: state }));
  await userEvent.keyboard('{Escape}');
}

describe('the column “Deployment state”', () => {
  it('tells how a service is, and what its last environment runs', async () => {
    const world = renderCatalog();

    await within(await row('cart')).findByText('1 of 2 Degraded');
    expect(await row('cart')).toHaveTextContent('production 1.0.7');
    expect(await row('web')).toHaveTextContent('Healthydev 1.0.7');
    expect(await row('idle')).toHaveTextContent('Not deployed');
    // One request for the whole page.
    expect(world.askedOf).toEqual([
      [
        'component:default/cart',
        'component:default/idle',
        'component:default/web',
      ],
    ]);
  });

  it('says why it is empty', async () => {
    renderCatalog({
      failures: { deployments: refusal(403, 'NotAllowedError', 'No') },
    });

    expect(
      await within(await row('cart')).findByText(
        'You may not see deployments of this service',
      ),
    ).toBeInTheDocument();
  });
});

describe('the filter “Deployment state”', () => {
  it('keeps the services in a state', async () => {
    const world = renderCatalog();
    await row('web');

    await pick('Degraded');

    await waitFor(() => expect(names()).toEqual(['cart']));
    expect(world.askedByState.at(-1)).toMatchObject({ states: ['degraded'] });

    await pick('Degraded');
    await waitFor(() => expect(names()).toHaveLength(3));
  });

  it('keeps nothing where nothing is in that state', async () => {
    renderCatalog();
    await row('web');

    await pick('Missing');

    await waitFor(() => expect(names()).toEqual([]));
  });

  it('is in the address', async () => {
    renderCatalog({}, '&filters[deploymentState]=healthy');

    await row('web');
    await waitFor(() => expect(names()).toEqual(['web']));
  });

  it('says that it does not filter where the backend fails', async () => {
    renderCatalog({
      failures: { states: refusal(403, 'NotAllowedError', 'No') },
    });
    await row('web');

    await pick('Degraded');

    expect(await screen.findByText(/Not filtered by state/)).toBeVisible();
    expect(names()).toHaveLength(3);
  });
});
