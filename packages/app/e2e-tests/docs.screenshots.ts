import { test } from '@playwright/test';
import { Portal } from './Portal';

interface Picture {
  readonly name: string;
  readonly path: string;
  readonly shows: string;
  readonly user?: string;
}

const PICTURES: readonly Picture[] = [
  {
    name: 'deployments',
    path: '/catalog/default/component/inventory/deployments',
    shows: 'Out of sync',
  },
  {
    name: 'details',
    path: '/catalog/default/component/search/deployments?deployment=main/argocd/search-staging-staging&section=resources',
    shows: 'ImagePullBackOff',
  },
  {
    name: 'overview',
    path: '/catalog/default/component/cart',
    shows: 'Healthy',
  },
  {
    name: 'create',
    path: '/create/templates/default/microservice',
    shows: 'One of your teams',
  },
  {
    name: 'setup',
    path: '/gitops/setup',
    shows: 'Argo CD “main”',
    // Only the platform team sees it.
    user: 'jonas',
  },
];
/** Whom the portal signs in. */
const USER = process.env.CALLBOARD_SANDBOX_USER ?? 'maya';

for (const theme of ['light', 'dark'] as const) {
  test.describe(() => {
    test.use({
      colorScheme: theme,
      viewport: { width: 1280, height: 760 },
      deviceScaleFactor: 1.5,
    });

    for (const picture of PICTURES) {
      const { name, path, shows, user = 'maya' } = picture;
      test(`${name} in the ${theme} theme`, async ({ page }) => {
        test.skip(user !== USER, `it is what ${user} sees`);
        await new Portal(page).open(path);
        await page.getByText(shows).first().waitFor();
        await page.waitForLoadState('networkidle');
        await page.screenshot({ path: `docs/images/${name}-${theme}.png` });
      });
    }
  });
}
