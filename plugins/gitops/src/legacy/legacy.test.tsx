import { EntityProvider } from '@backstage/plugin-catalog-react';
import { renderInTestApp, TestApiProvider } from '@backstage/test-utils';
import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { type ReactNode } from 'react';
import { Route, Routes } from 'react-router-dom';
import {
  EntityDeploymentsCard,
  EntityDeploymentsContent,
  gitopsApiRef,
  gitopsPlugin,
  isDeploymentsAvailable,
} from '../legacy';
import { healthyWorld } from '../testing/deployments';
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

async function renderInOldApp(page: ReactNode): Promise<void> {
  await renderInTestApp(
    <TestApiProvider apis={[[gitopsApiRef, fakeGitopsApi(healthyWorld())]]}>
      <EntityProvider entity={entity}>{page}</EntityProvider>
    </TestApiProvider>,
    { routeEntries: ['/deployments'] },
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

  it('is the same plugin, for entities that have deployments', () => {
    expect(gitopsPlugin.getId()).toBe('gitops');
    expect(isDeploymentsAvailable(entity)).toBe(true);
    expect(isDeploymentsAvailable({ ...entity, kind: 'API' })).toBe(false);
  });
});
