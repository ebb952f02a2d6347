import AxeBuilder from '@axe-core/playwright';
import { expect, test, type Locator, type Page } from '@playwright/test';
import { Portal } from './Portal';

const SEARCH = '/catalog/default/component/search/deployments';
const SECTIONS = ['Summary', 'Resources', 'Changes', 'Events', 'History'];

/** What breaks WCAG 2.1 AA, with the first place of each. */
async function violations(page: Page, within: string): Promise<string[]> {
  const { violations: found } = await new AxeBuilder({ page })
    .include(within)
    .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa'])
    .analyze();
  return found.map(
    ({ id, nodes }) => `${id}: ${nodes[0]?.html} ${nodes[0]?.failureSummary}`,
  );
}

/** Presses a key until something has the focus, as a person looks for it. */
async function pressUntilFocused(
  page: Page,
  key: string,
  wanted: Locator,
): Promise<void> {
  await expect(async () => {
    await page.keyboard.press(key);
    await expect(wanted).toBeFocused({ timeout: 200 });
  }).toPass({ intervals: [0], timeout: 30_000 });
}

for (const colorScheme of ['light', 'dark'] as const) {
  test.describe(() => {
    test.use({ colorScheme });

    test(`tab and drawer can be read by everybody, ${colorScheme}`, async ({
      page,
    }) => {
      const portal = new Portal(page);
      await portal.open(SEARCH);
      await expect(portal.row('staging')).toContainText('Degraded');
      expect(await violations(page, '[aria-label="Deployments"]')).toEqual([]);

      await page
        .getByRole('button', { name: 'Details of search-staging-staging' })
        .click();
      const drawer = page.getByRole('dialog', { name: /search-staging/ });
      for (const section of SECTIONS) {
        await drawer.getByRole('tab', { name: section }).click();
        await expect(drawer.locator('[aria-busy="true"]')).toHaveCount(0);
        expect([section, await violations(page, '[role="dialog"]')]).toEqual([
          section,
          [],
        ]);
      }
    });
  });
}

test('tab and drawer work by keyboard alone', async ({ page }) => {
  await new Portal(page).open(SEARCH);
  const details = page.getByRole('button', {
    name: 'Details of search-staging-staging',
  });
  await expect(details).toBeVisible();

  await pressUntilFocused(page, 'Tab', details);
  await page.keyboard.press('Enter');
  const drawer = page.getByRole('dialog', { name: /search-staging/ });
  await expect(drawer).toBeVisible();

  await pressUntilFocused(
    page,
    'Tab',
    drawer.getByRole('tab', { name: 'Summary' }),
  );
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Enter');
  await expect(drawer.getByText('ImagePullBackOff').first()).toBeVisible();
  // A tree has one stop for Tab, and the arrows within.
  const rows = drawer.getByRole('row');
  await pressUntilFocused(page, 'Tab', rows.first());
  await pressUntilFocused(
    page,
    'ArrowDown',
    rows.filter({ hasText: /^Pod/ }).first(),
  );
  await pressUntilFocused(
    page,
    'ArrowRight',
    drawer.getByRole('button', { name: /^Logs of/ }).first(),
  );
  await page.keyboard.press('Enter');
  await expect(drawer.getByRole('tab', { name: 'Logs' })).toHaveAttribute(
    'aria-selected',
    'true',
  );

  await pressUntilFocused(
    page,
    'Tab',
    drawer.getByRole('button', { name: 'Sync…' }),
  );
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('dialog', { name: /^Sync search/ });
  await expect(dialog).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();
  await expect(drawer).toBeVisible();

  await page.keyboard.press('Escape');
  await expect(drawer).toBeHidden();
  await expect(details).toBeFocused();
});
