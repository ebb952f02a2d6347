import { expect, type Page, test } from '@playwright/test';
import { Portal } from './Portal';
import { pushEdit } from './gitHosting';

const ARGOCD = 'http://localhost:7081';

/** Puts the simulated Argo CD into this trouble, and out of any other. */
async function trouble(page: Page, form: Record<string, string>) {
  const response = await page.request.post(`${ARGOCD}/trouble`, { form });
  expect(response.ok()).toBe(true);
}

test('what is broken is named, and its repair is noticed', async ({ page }) => {
  const portal = new Portal(page);
  const row = portal.row('dev');
  await portal.open('/catalog/default/component/cart/deployments');
  await expect(row).toContainText('Synced');

  await test.step("the service's overlay", async () => {
    const overlay = {
      login: 'callboard',
      repository: 'acme/cart',
      path: 'deploy/overlays/dev/kustomization.yaml',
    };
    await pushEdit({
      ...overlay,
      edit: text => text.replace('../../base', '../../nowhere'),
      message: 'Break it',
    });
    await expect(row).toContainText('Argo CD cannot tell what should run');

    await pushEdit({
      ...overlay,
      edit: text => text.replace('../../nowhere', '../../base'),
      message: 'Repair it',
    });
    await expect(row).toContainText('Synced');
    await expect(row).toContainText('Healthy');
  });

  await test.step("the platform repository's kustomization", async () => {
    const kustomization = {
      login: 'callboard',
      repository: 'acme/gitops-infra',
      path: 'clusters/dev/argocd/kustomization.yaml',
    };
    const notice = page.getByText('clusters/dev/argocd is not up to date');
    await pushEdit({
      ...kustomization,
      edit: text => text.replace('- project.yaml', '- projekt.yaml'),
      message: 'Break it',
    });
    await expect(notice).toBeVisible();
    await expect(row).toContainText('Healthy');

    await pushEdit({
      ...kustomization,
      edit: text => text.replace('- projekt.yaml', '- project.yaml'),
      message: 'Repair it',
    });
    await expect(notice).toBeHidden();
  });
});

test('an Argo CD in trouble is named, what is known stays, and its return is noticed', async ({
  page,
}) => {
  const portal = new Portal(page);
  const row = portal.row('dev');
  await portal.open('/catalog/default/component/web/deployments');
  await expect(row).toContainText('Synced');

  for (const { switched, words } of [
    {
      switched: 'unauthorised',
      words: 'Argo CD “main” refuses the portal: unauthorised',
    },
    { switched: 'stopped', words: 'Argo CD “main” is unreachable' },
  ]) {
    await test.step(switched, async () => {
      const notice = page.getByText(words);
      try {
        await trouble(page, { [switched]: 'on' });
        await expect(notice).toBeVisible();
        await expect(row).toContainText('Healthy');
      } finally {
        await trouble(page, {});
      }
      await expect(notice).toBeHidden();
      await expect(row).toContainText('Synced');
    });
  }
});
