import { mkdir } from 'node:fs/promises';
import { expect, type Page, test } from '@playwright/test';
import { Portal } from './Portal';
import { expectWords, pathOf, TROUBLES } from './troubles';

const FOLDER = 'docs/images/states';
const MARGIN = 12;

test.use({ viewport: { width: 1280, height: 1100 } });

/** Of the tab alone, in both themes. */
async function takePictures(page: Page, name: string): Promise<void> {
  const tab = new Portal(page).deploymentsTab();
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    // Not while it asks again.
    await expect(page.getByRole('button', { name: 'Refresh' })).toBeEnabled();
    await expect(page.locator('body')).toHaveAttribute(
      'data-theme-mode',
      colorScheme,
    );
    const box = await tab.boundingBox();
    expect(box).not.toBeNull();
    const { x, y, width, height } = box ?? { x: 0, y: 0, width: 1, height: 1 };
    await page.screenshot({
      path: `${FOLDER}/${name}-${colorScheme}.png`,
      clip: {
        x: x - MARGIN,
        y: y - MARGIN,
        width: width + 2 * MARGIN,
        height: height + 2 * MARGIN,
      },
    });
  }
}

test.describe('the Deployments tab shows', () => {
  let page: Page;
  let portal: Portal;

  test.beforeAll(async ({ browser }) => {
    await mkdir(FOLDER, { recursive: true });
    page = await browser.newPage();
    portal = new Portal(page);
    await portal.open('/catalog');
  });

  test.afterAll(async () => {
    await page.close();
  });

  TROUBLES.filter(({ isUnnoticed }) => !isUnnoticed).forEach(trouble => {
    test(trouble.name, async () => {
      await portal.goTo(pathOf(trouble));
      await expectWords(portal, trouble.well);
      await expect(portal.notices()).toHaveCount(0);
      try {
        await trouble.begin(page);
        await expectWords(portal, trouble.says);
        await takePictures(page, trouble.name.replaceAll(' ', '-'));
      } finally {
        await trouble.end(page);
      }
      await expectWords(portal, trouble.repaired ?? trouble.well);
    });
  });
});
