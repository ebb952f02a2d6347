import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { tokenOf } from '@callboard/sandbox';
import { expect, type Page } from '@playwright/test';

const run = promisify(execFile);

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

/** Clones a repository, edits a file, commits and pushes to main. */
export async function pushEdit(options: {
  login: string;
  repository: string;
  path: string;
  edit(text: string): string;
  message: string;
}): Promise<void> {
  const { login, repository, path, edit, message } = options;
  const clone = await mkdtemp(join(tmpdir(), 'clone-'));
  const git = (...args: string[]) => run('git', ['-C', clone, ...args]);
  try {
    await git(
      'clone',
      '-q',
      `http://${login}:${tokenOf(login)}@localhost:7080/${repository}.git`,
      '.',
    );
    const file = join(clone, path);
    await writeFile(file, edit(await readFile(file, 'utf8')));
    const identity = [
      ...['-c', `user.name=${login}`],
      ...['-c', `user.email=${login}@acme.test`],
    ];
    await git(...identity, 'commit', '-q', '-a', '-m', message);
    await git('push', '-q', 'origin', 'HEAD:main');
  } finally {
    await rm(clone, { recursive: true, force: true });
  }
}

/** From now on main takes changes by an approved pull request only, but from one. */
export async function protectMain(options: {
  repository: string;
  /** Login of who may push all the same. */
  except: string;
}): Promise<void> {
  const { repository, except } = options;
  const answer = await fetch(
    `http://localhost:7080/api/v3/repos/${repository}/branches/main/protection`,
    {
      method: 'PUT',
      headers: {
        authorization: `Bearer ${tokenOf(except)}`,
        'content-type': 'application/json',
      },
      body: JSON.stringify({
        required_pull_request_reviews: {
          required_approving_review_count: 1,
          bypass_pull_request_allowances: { users: [except] },
        },
        required_status_checks: null,
        enforce_admins: null,
        restrictions: null,
      }),
    },
  );
  expect(answer.status).toBe(200);
}
