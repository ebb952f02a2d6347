import { expect, test } from '@playwright/test';
import { Portal } from './Portal';

const US =
  '/catalog/default/component/inventory/deployments?deployment=main/argocd/inventory-production-prod-us1';

test('a deployment is understood and synced without opening Argo CD', async ({
  page,
}) => {
  const portal = new Portal(page);
  await portal.open(US);
  const drawer = page.getByRole('dialog', {
    name: /inventory-production-prod-us1/,
  });

  await test.step('what Git asks for, against what runs', async () => {
    await expect(drawer).toContainText('Out of sync');
    await drawer.getByRole('tab', { name: 'Changes' }).click();
    await expect(drawer).toContainText('app.kubernetes.io/version: 1.0.3');
    await expect(drawer).toContainText('app.kubernetes.io/version: 1.0.4');
  });

  await test.step('down to the log of a pod', async () => {
    await drawer.getByRole('tab', { name: 'Resources' }).click();
    await drawer.getByRole('searchbox').fill('pod');
    await drawer
      .getByRole('button', { name: /^Logs of/ })
      .first()
      .click();
    await expect(drawer).toContainText('Listening on');
  });

  await test.step('a sync, for the person who asked', async () => {
    await drawer.getByRole('button', { name: 'Sync…' }).click();
    const dialog = page.getByRole('dialog', { name: /^Sync inventory/ });
    await expect(dialog).toContainText('Deployment inventory');
    await dialog.getByRole('button', { name: 'Sync', exact: true }).click();
    await drawer.getByRole('tab', { name: 'Summary' }).click();
    await expect(drawer).toContainText('by maya');
    await expect(drawer).toContainText('Synced');
  });

  await test.step('and back to the row', async () => {
    await page.keyboard.press('Escape');
    await expect(drawer).toBeHidden();
    await portal.expectRunning('prod-us1', '1.0.4');
  });
});
