import { expect, type Page, test } from '@playwright/test';
import { Portal } from './Portal';
import { expectWords, pathOf, TROUBLES } from './troubles';

test.describe('what the tab says, and that it recovers by itself, about', () => {
  let page: Page;
  let portal: Portal;

  // All on one page, which is loaded once: what it shows changes by itself.
  test.beforeAll(async ({ browser }) => {
    page = await browser.newPage();
    portal = new Portal(page);
    await portal.open('/catalog');
    await page.evaluate(() => {
      document.body.dataset.sameDocument = 'yes';
    });
  });

  test.afterAll(async () => {
    await page.close();
  });

  TROUBLES.forEach(trouble => {
    test(trouble.name, async () => {
      await portal.goTo(pathOf(trouble));
      await expectWords(portal, trouble.well);

      try {
        await trouble.begin(page);
        await expectWords(portal, trouble.says);
        if (trouble.isUnnoticed) {
          await expect(portal.notices()).toHaveCount(0);
          await expect(portal.deploymentsTab()).not.toContainText('as of');
        }
      } finally {
        await trouble.end(page);
      }

      await expectWords(portal, trouble.repaired ?? trouble.well);
      await expect(portal.notices()).toHaveCount(0);
      expect(
        await page.locator('body').getAttribute('data-same-document'),
      ).toBe('yes');
    });
  });
});
