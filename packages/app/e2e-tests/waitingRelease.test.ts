import { expect, test } from '@playwright/test';
import { Portal } from './Portal';
import { approveAndMerge, protectMain, pushEdit } from './gitHosting';

test('a release that waits for a person is shown, and runs once it is merged', async ({
  page,
}) => {
  const portal = new Portal(page);
  const waiting = page.getByRole('row', { name: /waits to be merged/ });
  await portal.open('/catalog/default/component/web/deployments');
  await expect(portal.row('dev')).toContainText('Synced');
  await page.evaluate(() => {
    document.body.dataset.sameDocument = 'yes';
  });

  await test.step('push to a protected branch', async () => {
    await protectMain({ repository: 'acme/web', except: 'maya' });
    await pushEdit({
      login: 'maya',
      repository: 'acme/web',
      path: 'README.md',
      edit: text => `${text}\nOne more line.\n`,
      message: 'Say more',
    });
    await expect(waiting).toContainText('1 approving review');
  });

  await test.step('somebody else approves and merges it', async () => {
    const words = await waiting.textContent();
    const version = /\d+\.\d+\.\d+/.exec(words ?? '')?.[0] ?? 'no version';
    await expect(portal.row('dev')).not.toContainText(version);
    const pullRequest = waiting.getByRole('link', {
      name: `: ci: release ${version} to dev`,
    });
    const other = await page.context().newPage();
    await other.goto((await pullRequest.getAttribute('href')) ?? '');
    await approveAndMerge(other, 'Jonas Lind');
    await other.close();

    await portal.expectRunning('dev', version);
    await expect(waiting).toBeHidden();
  });

  expect(await page.evaluate(() => document.body.dataset.sameDocument)).toBe(
    'yes',
  );
});
