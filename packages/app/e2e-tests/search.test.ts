import { expect, test } from '@playwright/test';
import { Portal } from './Portal';

test('a service is found by its version, and by its state', async ({
  page,
}) => {
  const portal = new Portal(page);
  await portal.open('/catalog/default/component/payments/deployments');
  const cell = portal
    .row('prod-eu1')
    .getByText(/^\d+\.\d+\.\d+$/)
    .first();
  const version = (await cell.textContent()) ?? '';

  await test.step('the search finds the version', async () => {
    await expect(async () => {
      // The index is renewed now and then.
      await portal.open(`/search?query=payments ${version}`);
      const chips = page.getByRole('list', { name: 'Deployed versions' });
      await expect(chips.first()).toContainText(`production${version}`, {
        timeout: 5_000,
      });
      await expect(page.getByRole('heading', { level: 3 }).first()).toHaveText(
        'payments',
        { timeout: 1_000 },
      );
    }).toPass();
  });

  await test.step('with the keyboard on to its page', async () => {
    const best = page.getByRole('heading', { level: 3 }).first();
    await best.getByRole('link', { name: 'payments', exact: true }).focus();
    await page.keyboard.press('Enter');
    await expect(page).toHaveURL(/\/catalog\/default\/component\/payments/);
  });

  await test.step('the catalog tells states, and filters by them', async () => {
    await portal.open('/?filters[user]=all');
    const row = (name: string) =>
      page.getByRole('row', { name: new RegExp(`^${name} `) });
    await expect(row('payments')).toContainText('Healthy');
    await expect(row('search')).toContainText('Degraded');

    await page.getByRole('button', { name: /\S Deployment state/ }).click();
    await page.getByRole('option', { name: 'Degraded' }).click();
    await page.keyboard.press('Escape');

    await expect(row('payments')).toBeHidden();
    await expect(row('search')).toBeVisible();
  });
});
