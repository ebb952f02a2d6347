import { type Entity } from '@backstage/catalog-model';
import { coreExtensionData } from '@backstage/frontend-plugin-api';
import { renderTestApp } from '@backstage/frontend-test-utils';
import { CatalogTable } from '@backstage/plugin-catalog';
import catalogPlugin, {
  CatalogIndexPage,
} from '@backstage/plugin-catalog/alpha';
import { catalogApiRef } from '@backstage/plugin-catalog-react';
import { catalogApiMock } from '@backstage/plugin-catalog-react/testUtils';
import { signalApiRef } from '@backstage/plugin-signals-react';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { createDeploymentStateColumn } from '../..';
import { gitopsApiRef } from '../../gitopsApiRef';
import {
  deployment,
  healthyWorld,
  refusal,
  type World,
} from '../../testing/deployments';
import { fakeGitopsApi } from '../../testing/fakeGitopsApi';
import { gitopsPluginAtOnce } from '../../testing/gitopsPluginAtOnce';
import { fakeSignals } from '../__testUtils__/fakeSignals';

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
  const signals = fakeSignals();
  renderTestApp({
    features: [catalogWithColumn, gitopsPluginAtOnce],
    initialRouteEntries: [`/catalog?filters[user]=all${query}`],
    apis: [
      [gitopsApiRef, fakeGitopsApi(world)],
      [signalApiRef, signals.api],
      [catalogApiRef, catalogApiMock({ entities: ENTITIES })],
    ],
  });
  return Object.assign(world, { signals });
}

/** What a row says, whatever the table does to its elements meanwhile. */
const rowOf = (name: string) =>
  screen.getByText(name, { selector: 'a *' }).closest('tr')?.textContent ?? '';

/** Waits until a row says something. */
const untilRow = (name: string, text: string) =>
  waitFor(() => expect(rowOf(name)).toContain(text));

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

    await untilRow('cart', '1 of 2 Degraded');
    expect(rowOf('cart')).toContain('production 1.0.7');
    expect(rowOf('web')).toContain('Healthydev 1.0.7');
    expect(rowOf('idle')).toContain('Not deployed');
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

    await untilRow('cart', 'You may not see deployments of this service');
    expect(rowOf('cart')).not.toContain('Healthy');
  });
});

describe('the filter “Deployment state”', () => {
  it('keeps the services in a state', async () => {
    const world = renderCatalog();
    await untilRow('web', 'service');

    await pick('Degraded');

    await waitFor(() => expect(names()).toEqual(['cart']));
    expect(world.askedByState.at(-1)).toMatchObject({ states: ['degraded'] });

    await pick('Degraded');
    await waitFor(() => expect(names()).toHaveLength(3));
  });

  it('keeps nothing where nothing is in that state', async () => {
    renderCatalog();
    await untilRow('web', 'service');

    await pick('Missing');

    await waitFor(() => expect(names()).toEqual([]));
  });

  it('is in the address', async () => {
    renderCatalog({}, '&filters[deploymentState]=healthy');

    await untilRow('web', 'service');
    await waitFor(() => expect(names()).toEqual(['web']));
  });

  it('follows signals', async () => {
    const world = renderCatalog({}, '&filters[deploymentState]=degraded');
    await waitFor(() => expect(names()).toEqual(['cart']));

    world.deploymentsOf = {
      'component:default/web': [
        deployment('dev', { health: { status: 'Degraded' } }),
      ],
    };
    await world.signals.send('gitops:states');

    await waitFor(() => expect(names()).toEqual(['web']));
  });

  it('says that it does not filter where the backend fails', async () => {
    renderCatalog({
      failures: { states: refusal(403, 'NotAllowedError', 'No') },
    });
    await untilRow('web', 'service');

    await pick('Degraded');

    expect(await screen.findByText(/Not filtered by state/)).toBeVisible();
    expect(names()).toHaveLength(3);
  });
});
