import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** The last commit of a branch, and texts by path. */
export type AmendedCommit = [branch: string, files: Record<string, string>];

/** What a person does with Git: changes a branch's last commit, and forces it. */
export async function amend(
  repository: URL,
  ...[branch, files]: AmendedCommit
): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'amend-'));
  const git = (...args: string[]) => run('git', args, { cwd: folder });
  const address = new URL(repository);
  address.username = 'jonas';
  address.password = 'sandbox-jonas';
  await git('clone', '-q', '-b', branch, address.href, '.');
  await git('config', 'user.name', 'Jonas');
  await git('config', 'user.email', 'jonas@acme.test');
  for (const [path, text] of Object.entries(files)) {
    await writeFile(join(folder, path), text);
  }
  await git('commit', '-q', '-a', '--amend', '--no-edit');
  await git('push', '-q', '-f', 'origin', branch);
  await rm(folder, { recursive: true });
}
