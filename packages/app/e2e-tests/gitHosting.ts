import { tokenOf } from '@callboard/sandbox';
import { expect, type Page } from '@playwright/test';

const URL = 'http://localhost:7080';

/** Approves and merges a pull request in the Git hosting's pages. */
export async function approveAndMerge(
  page: Page,
  person: string,
): Promise<void> {
  await page.getByLabel('Act as').selectOption({ label: person });
  await page.getByRole('button', { name: 'Approve' }).click();
  await page.getByRole('button', { name: 'Merge' }).click();
  await expect(page.getByText('Merged').first()).toBeVisible();
}

/** Commits one file to main, as somebody with a clone would push it. */
export async function commitFile(options: {
  login: string;
  repository: string;
  path: string;
  edit(text: string): string;
  message: string;
}): Promise<void> {
  const { login, repository, path, edit, message } = options;
  const url = `${URL}/api/v3/repos/${repository}/contents/${path}`;
  const headers = { Authorization: `Bearer ${tokenOf(login)}` };
  const before = await (await fetch(url, { headers })).json();
  const text = Buffer.from(before.content, 'base64').toString('utf8');
  const answer = await fetch(url, {
    method: 'PUT',
    headers: { ...headers, 'Content-Type': 'application/json' },
    body: JSON.stringify({
      message,
      sha: before.sha,
      branch: 'main',
      content: Buffer.from(edit(text)).toString('base64'),
    }),
  });
  expect(answer.status, await answer.text()).toBe(200);
}
