import { renderTestApp } from '@backstage/frontend-test-utils';
import { createTestEntityPage } from '@backstage/plugin-catalog-react/testUtils';
import { screen } from '@testing-library/react';
import { gitopsApiRef } from './gitopsApiRef';
import { gitopsPlugin } from './plugin';
import { healthyWorld } from './testing/deployments';
import { fakeGitopsApi } from './testing/fakeGitopsApi';
import { withoutPermissions } from './testing/withoutPermissions';

const cart = {
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Component',
  metadata: {
    name: 'cart',
    namespace: 'default',
    annotations: {
      'backstage.io/source-location':
        'url:https://github.test/acme/cart/tree/main/',
    },
  },
};

function renderPage(entity: typeof cart, config = {}) {
  const world = healthyWorld();
  renderTestApp({
    features: [gitopsPlugin],
    extensions: [createTestEntityPage({ entity })],
    apis: [[gitopsApiRef, fakeGitopsApi(world)]],
    config: { ...withoutPermissions, ...config },
  });
  return world;
}

describe('gitopsPlugin', () => {
  // They are what administrators write into their configuration.
  it.each([
    'entity-content:gitops',
    'entity-card:gitops/deployments',
    'app-root-element:gitops/banner',
    'search-result-list-item:gitops',
    'search-filter-result-type:gitops/deployments',
    'catalog-filter:gitops/deployment-state',
    'api:gitops',
    'plugin-wrapper:gitops',
    'page:gitops/setup',
    'sub-page:gitops/checks',
    'sub-page:gitops/unmatched',
    'scaffolder-form-field:gitops/service-name',
    'scaffolder-form-field:gitops/configuration',
    'scaffolder-form-field:gitops/environment-picker',
    'scaffolder-form-field:gitops/in-words',
  ] as const)('keeps the id %s', id => {
    expect(gitopsPlugin.getExtension(id)).toBeDefined();
  });

  it('puts tab and card on a component, on one set of answers', async () => {
    const world = renderPage(cart);

    expect(await screen.findByRole('table')).toBeVisible();
    expect(
      await screen.findByRole('heading', { name: /^production/ }),
    ).toBeVisible();
    expect(world.asked).toBe(1);
  });

  it('shows the banner that the configuration asks for', async () => {
    renderPage(cart, { gitops: { banner: 'Sandbox: simulated clusters' } });

    expect(
      await screen.findByRole('complementary', { name: 'About this portal' }),
    ).toHaveTextContent('Sandbox: simulated clusters');
  });

  it('shows no banner without', async () => {
    renderPage(cart);

    await screen.findByRole('table');
    expect(screen.queryByRole('complementary')).not.toBeInTheDocument();
  });
});
