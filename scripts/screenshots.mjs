// `yarn screenshots`: makes the pictures of the documentation from a portal
// that `npm start` has started.
import path from 'node:path';
import { chromium } from '@playwright/test';
import { browser } from './browser.mjs';
import { root } from './toolchain.mjs';

const PICTURES = [
  {
    name: 'deployments',
    url: '/catalog/default/component/inventory/deployments',
  },
  { name: 'overview', url: '/catalog/default/component/cart' },
  { name: 'create', url: '/create' },
];

const running = await chromium.launch(browser);
for (const theme of ['light', 'dark']) {
  const page = await running.newPage({
    baseURL: 'http://localhost:3000',
    colorScheme: theme,
    viewport: { width: 1280, height: 800 },
    deviceScaleFactor: 2,
  });
  await page.goto('/');
  await page.getByRole('button', { name: 'Enter' }).click();
  await page.getByRole('navigation').first().waitFor();
  for (const { name, url } of PICTURES) {
    await page.goto(url);
    const enter = page.getByRole('button', { name: 'Enter' });
    await enter.click({ timeout: 3_000 }).catch(() => {});
    await page.waitForLoadState('networkidle');
    await page.screenshot({
      path: path.join(root, 'docs/images', `${name}-${theme}.png`),
    });
  }
  await page.close();
}
await running.close();
