import { createApp } from '@backstage/frontend-defaults';
import {
  ApiBlueprint,
  createFrontendModule,
} from '@backstage/frontend-plugin-api';
import { mockApis } from '@backstage/frontend-test-utils';
import {
  AuthorizeResult,
  type EvaluatePermissionRequest,
} from '@backstage/plugin-permission-common';
import { permissionApiRef } from '@backstage/plugin-permission-react';
import { gitopsSetupReadPermission } from '@callboard/backstage-plugin-gitops-common';
import { render, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { gitopsApiRef } from '../gitopsApiRef';
import { gitopsPlugin } from '../plugin';
import { healthyWorld } from '../testing/deployments';
import { fakeGitopsApi } from '../testing/fakeGitopsApi';

const config = {
  app: { title: 'Portal', baseUrl: 'http://localhost' },
  backend: { baseUrl: 'http://localhost' },
};

/** A whole portal, at an address, for somebody who may see the set-up or not. */
async function openPortal(path: string, mayRead: boolean) {
  const asked: EvaluatePermissionRequest[] = [];
  // Who was signed in before stays so.
  window.localStorage.clear();
  window.history.replaceState({}, '', path);
  jest.spyOn(window, 'confirm').mockReturnValue(true);
  const app = createApp({
    advanced: {
      configLoader: async () => ({ config: mockApis.config({ data: config }) }),
    },
    features: [
      gitopsPlugin,
      createFrontendModule({
        pluginId: 'gitops',
        extensions: [
          ApiBlueprint.make({
            params: defineParams =>
              defineParams({
                api: gitopsApiRef,
                deps: {},
                factory: () => fakeGitopsApi(healthyWorld()),
              }),
          }),
        ],
      }),
      createFrontendModule({
        pluginId: 'app',
        extensions: [
          ApiBlueprint.make({
            name: 'permission',
            params: defineParams =>
              defineParams({
                api: permissionApiRef,
                deps: {},
                factory: () => ({
                  async authorize(request) {
                    asked.push(request);
                    return {
                      result: mayRead
                        ? AuthorizeResult.ALLOW
                        : AuthorizeResult.DENY,
                    };
                  },
                }),
              }),
          }),
        ],
      }),
    ],
  });
  render(app.createRoot());
  await userEvent.click(await screen.findByRole('button', { name: 'Enter' }));
  return asked;
}

describe('the page on the set-up', () => {
  it('is there, with a link, for who may see it', async () => {
    const asked = await openPortal('/gitops/setup', true);

    const menu = await screen.findByRole('navigation', {
      name: 'sidebar nav',
    });
    expect(
      within(menu).getByRole('link', { name: 'Delivery setup' }),
    ).toHaveAttribute('href', '/gitops/setup');
    expect(
      await screen.findByRole('tab', { name: 'Unmatched applications' }),
    ).toHaveAttribute('href', '/gitops/setup/unmatched');
    expect(await screen.findByText(/^checked/)).toBeVisible();
    expect(asked.map(({ permission }) => permission)).toContainEqual(
      gitopsSetupReadPermission,
    );
  });

  it('is not there, and has no link, for anybody else', async () => {
    await openPortal('/gitops/setup', false);

    expect(await screen.findByText(/404|page not found/i)).toBeVisible();
    expect(
      screen.queryByRole('link', { name: 'Delivery setup' }),
    ).not.toBeInTheDocument();
  });
});
