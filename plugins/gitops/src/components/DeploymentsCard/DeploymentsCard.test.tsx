import { renderInTestApp } from '@backstage/frontend-test-utils';
import { EntityProvider } from '@backstage/plugin-catalog-react';
import { QueryClientProvider } from '@tanstack/react-query';
import { screen, within } from '@testing-library/react';
import { gitopsApiRef } from '../../gitopsApiRef';
import { createQueryClient } from '../../query/createQueryClient';
import { deploymentsRouteRef } from '../../routes';
import {
  deployment,
  environments,
  healthyWorld,
  refusal,
  registration,
  release,
  source,
  type World,
} from '../../testing/deployments';
import { fakeGitopsApi } from '../../testing/fakeGitopsApi';
import { minutesAgo } from '../../testing/minutesAgo';
import { DeploymentsCard } from './DeploymentsCard';

const entity = {
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Component',
  metadata: { name: 'cart', namespace: 'default' },
};

function renderCard(world: World) {
  renderInTestApp(
    <QueryClientProvider client={createQueryClient()}>
      <EntityProvider entity={entity}>
        <DeploymentsCard />
      </EntityProvider>
    </QueryClientProvider>,
    {
      apis: [[gitopsApiRef, fakeGitopsApi(world)]],
      mountedRoutes: { '/deployments': deploymentsRouteRef },
    },
  );
}

describe('DeploymentsCard', () => {
  it('shows version, state and age of each environment', async () => {
    renderCard(
      healthyWorld({
        deployments: [
          deployment('dev', { live: release('1.0.6') }),
          deployment('production/prod-eu1'),
          deployment('production/prod-us1', { health: { status: 'Degraded' } }),
        ],
        registrations: [
          registration('dev'),
          registration('staging', { state: 'absent' }),
          registration('production'),
        ],
      }),
    );

    const [dev, staging, production] = await screen.findAllByRole('listitem');
    expect(dev).toHaveTextContent('1.0.6 → 1.0.7HealthySyncedsince 12 min ago');
    expect(staging).toHaveTextContent('stagingNot registered');
    expect(production).toHaveTextContent('2 clusters');
    expect(production).toHaveTextContent('1 of 2 Degraded');
    expect(
      screen.getByRole('link', { name: 'View deployments' }),
    ).toHaveAttribute('href', '/deployments');
  });

  it('keeps what is known when Argo CD is unreachable', async () => {
    renderCard(
      healthyWorld({
        sources: [source({ state: 'unreachable', since: minutesAgo(8) })],
      }),
    );

    expect(
      await screen.findByText('Argo CD “main” is unreachable'),
    ).toBeVisible();
    expect(screen.getByText('8 min ago')).toBeVisible();
    expect(screen.getAllByText('1.0.7')).toHaveLength(3);
  });

  it('says in words why there is nothing to show', async () => {
    renderCard(
      healthyWorld({
        failures: { deployments: refusal(403, 'NotAllowedError', 'No') },
      }),
    );

    expect(await screen.findByText(/gitops\.deployment\.read/)).toBeVisible();
  });

  it('names every environment of a service that is nowhere yet', async () => {
    renderCard(
      healthyWorld({
        deployments: [],
        registrations: environments.map(({ name }) =>
          registration(name, { state: 'absent' }),
        ),
      }),
    );

    const items = await screen.findAllByRole('listitem');
    expect(items).toHaveLength(3);
    items.forEach(item =>
      expect(within(item).getByText('Not registered')).toBeVisible(),
    );
  });
});
