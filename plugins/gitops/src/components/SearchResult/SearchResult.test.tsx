import { renderTestApp } from '@backstage/frontend-test-utils';
import { catalogApiRef } from '@backstage/plugin-catalog-react';
import { catalogApiMock } from '@backstage/plugin-catalog-react/testUtils';
import searchPlugin from '@backstage/plugin-search/alpha';
import { type IndexableDocument } from '@backstage/plugin-search-common';
import { MockSearchApi, searchApiRef } from '@backstage/plugin-search-react';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import axe from 'axe-core';
import { gitopsApiRef } from '../../gitopsApiRef';
import {
  deployment,
  healthyWorld,
  refusal,
  release,
  type World,
} from '../../testing/deployments';
import { fakeGitopsApi } from '../../testing/fakeGitopsApi';
import { gitopsPluginAtOnce } from '../../testing/gitopsPluginAtOnce';

const CART = 'component:default/cart';
const WEB = 'component:default/web';

/** What the search has of a deployment. */
function found(entityRef: string, cluster: string, version = '1.0.6') {
  const name = entityRef.replace('component:default/', '');
  const environment = cluster.startsWith('prod-') ? 'production' : cluster;
  const application = `${name}-${environment}-${cluster}`;
  return {
    type: 'gitops-deployment',
    document: {
      title: `${name} ${version} in ${environment} (${cluster})`,
      text: `Healthy. Runs ghcr.io/acme/${name}:${version}`,
      location: `/catalog/default/component/${name}/deployments?deployment=main/argocd/${application}`,
      kind: 'Component',
      namespace: 'default',
      version,
      environment,
      cluster,
      instance: 'main',
      states: ['healthy'],
      deployment: {
        entityRef,
        instance: 'main',
        namespace: 'argocd',
        name: application,
      },
      release: null,
    },
  };
}

const DEPLOYMENTS = [
  deployment('dev'),
  deployment('production/prod-eu1', {
    live: release('1.0.6'),
    sync: { status: 'OutOfSync' },
  }),
  deployment('production/prod-us1', {
    live: release('1.0.6'),
    desired: release('1.0.6'),
    health: { status: 'Degraded' },
  }),
];

function renderSearch(
  results: { type: string; document: IndexableDocument }[],
  changes: Partial<World> = {},
) {
  const world = healthyWorld({
    deploymentsOf: { [CART]: DEPLOYMENTS, [WEB]: [deployment('dev')] },
    ...changes,
  });
  renderTestApp({
    features: [searchPlugin, gitopsPluginAtOnce],
    initialRouteEntries: ['/search?query=cart'],
    apis: [
      [gitopsApiRef, fakeGitopsApi(world)],
      [catalogApiRef, catalogApiMock({ entities: [] })],
      [
        searchApiRef,
        new MockSearchApi({ results, numberOfResults: results.length }),
      ],
    ],
  });
  return world;
}

const chipsOf = (list: HTMLElement) =>
  within(list)
    .getAllByRole('listitem')
    .map(({ textContent }) => textContent);

describe('a service in the results of a search', () => {
  it('has the versions of its environments, as they are now', async () => {
    renderSearch([found(CART, 'prod-eu1', '1.0.5')]);

    const chips = await screen.findByRole('list', {
      name: 'Deployed versions',
    });
    expect(chipsOf(chips)).toEqual([
      'dev1.0.7Healthy',
      'productionruns 1.0.6 should run 1.0.7·1.0.61 of 2 Degraded',
    ]);
    expect(screen.queryByText(/1\.0\.5/)).not.toBeInTheDocument();
  });

  it('is there once, however many of its deployments are found', async () => {
    const world = renderSearch([
      found(CART, 'prod-eu1'),
      found(WEB, 'dev'),
      found(CART, 'prod-us1'),
    ]);

    await waitFor(() =>
      expect(
        screen.getAllByRole('list', { name: 'Deployed versions' }),
      ).toHaveLength(2),
    );
    expect(
      screen.getAllByRole('heading', { level: 3 }).map(it => it.textContent),
    ).toEqual(['cart', 'web']);
    // One request for all that is on the page.
    expect(world.askedOf[0]).toEqual([CART, WEB]);
  });

  it('is one with the component that the catalog has', async () => {
    const document = {
      title: 'cart',
      text: 'What people are about to buy',
      location: '/catalog/default/component/cart',
      kind: 'Component',
      namespace: 'default',
      type: 'service',
      lifecycle: 'production',
      owner: 'group:default/shop',
    };
    renderSearch([
      { type: 'software-catalog', document },
      found(CART, 'prod-eu1'),
    ]);

    expect(
      await screen.findByText(
        'Component · service · production · owned by shop',
      ),
    ).toBeVisible();
    expect(screen.getByText('What people are about to buy')).toBeVisible();
    expect(screen.getByRole('link', { name: 'cart' })).toHaveAttribute(
      'href',
      '/catalog/default/component/cart',
    );
    expect(
      await screen.findAllByRole('list', { name: 'Deployed versions' }),
    ).toHaveLength(1);
  });

  it('leads to its deployments, and to those that were found', async () => {
    renderSearch([found(CART, 'prod-eu1'), found(CART, 'prod-us1')]);

    await screen.findByText('cart');
    expect(await screen.findByRole('link', { name: 'cart' })).toHaveAttribute(
      'href',
      '/catalog/default/component/cart/deployments',
    );
    await screen.findByText('production on prod-us1');
    expect(
      await screen.findByRole('link', { name: 'production on prod-us1' }),
    ).toHaveAttribute('href', expect.stringContaining('prod-us1'));

    await userEvent.tab();
    const name = await screen.findByRole('link', { name: 'cart' });
    for (let tabs = 0; tabs < 30 && document.activeElement !== name; tabs++) {
      await userEvent.tab();
    }
    expect(name).toHaveFocus();
  });

  it('says so where it is no longer deployed', async () => {
    renderSearch([found(CART, 'dev')], { deploymentsOf: {} });

    expect(await screen.findByText('No longer deployed.')).toBeVisible();
  });

  it('shows what was indexed, and that it was, where the backend fails', async () => {
    renderSearch([found(CART, 'dev', '1.0.5')], {
      failures: { deployments: refusal(500, 'Error', 'Out of memory') },
    });

    expect(
      await screen.findByText(/When the search last looked/),
    ).toBeVisible();
    expect(screen.getByText(/cart 1\.0\.5 in dev/)).toBeVisible();
  });

  it('has nothing that axe complains about', async () => {
    renderSearch([found(CART, 'prod-eu1'), found(WEB, 'dev')]);
    await screen.findAllByRole('list', { name: 'Deployed versions' });

    // What is looked at may be drawn anew meanwhile.
    const { violations } = await waitFor(() => {
      const [chips] = screen.getAllByRole('list', {
        name: 'Deployed versions',
      });
      return axe.run(
        chips?.parentElement ?? document.body,
        // Styles are not there in this test.
        { rules: { 'color-contrast': { enabled: false } } },
      );
    });

    expect(violations.map(({ id }) => id)).toEqual([]);
  });
});
