import { expect, test } from '@playwright/test';
import { Portal } from './Portal';
import { approveAndMerge, pushEdit } from './gitHosting';

test('a service is created, deployed everywhere, and moves on with a push', async ({
  page,
}, { retry }) => {
  const portal = new Portal(page);
  const hello = retry === 0 ? 'hello' : `hello-${retry}`;
  const deployments = `/catalog/default/component/${hello}/deployments`;

  await test.step('create it from the template', async () => {
    await portal.open('/create');
    await portal.chooseTemplate('Create new microservice');
    await page.getByLabel('Name').fill(hello);
    await page.getByLabel('What it does').fill('Says hello');
    await page.getByRole('button', { name: 'Next' }).click();
    await portal.create('Create the service');
  });

  await test.step('see it being built and deployed to dev', async () => {
    await page.getByRole('link', { name: 'Deployments' }).last().click();
    await expect(page).toHaveURL(new RegExp(`${deployments}$`));
    await portal.expectRunning('dev', '1.0.1');
    await expect(page.getByText('Not registered')).toHaveCount(2);
  });

  await test.step('add it to staging', async () => {
    await page.getByRole('link', { name: 'Add to staging' }).click();
    await portal.create('Add to the environment');
    await page.getByRole('link', { name: 'Deployments' }).last().click();
    await portal.expectRunning('staging', '1.0.1');
  });

  await test.step('propose it for production', async () => {
    await page.getByRole('link', { name: 'Add to production' }).click();
    await portal.create('Add to the environment');
    await page.getByRole('link', { name: 'Deployments' }).last().click();
    await expect(page.getByText('Pull request open')).toBeVisible();
    await expect(page.getByText(/1 approving review/)).toBeVisible();
  });

  await test.step('somebody else merges it, and both clusters follow', async () => {
    const pullRequest = await page
      .getByRole('link', { name: /pull request|#\d+/i })
      .first()
      .getAttribute('href');
    const other = await page.context().newPage();
    await other.goto(pullRequest ?? '');
    await approveAndMerge(other, 'Jonas Lind');
    await other.close();

    await portal.expectRunning('prod-eu1', '1.0.1');
    await portal.expectRunning('prod-us1', '1.0.1');
  });

  await test.step('push a commit and watch dev move, without a reload', async () => {
    await page.evaluate(() => {
      document.body.dataset.sameDocument = 'yes';
    });
    await pushEdit({
      login: 'maya',
      repository: `acme/${hello}`,
      path: 'README.md',
      edit: text => `${text}\nSay hello.\n`,
      message: 'Say hello',
    });

    await portal.expectRunning('dev', '1.0.2');
    await portal.expectRunning('staging', '1.0.1');
    expect(await page.evaluate(() => document.body.dataset.sameDocument)).toBe(
      'yes',
    );
  });
});
