import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { type Sandbox, tokenOf } from '@callboard/sandbox';

const run = promisify(execFile);

/**
 * Commits to the main branch of one of the organisation's repositories, and
 * pushes.
 *
 * @param edits - for each path what becomes of its text; a new file has none.
 * @returns the commit.
 */
export async function commitTo(
  sandbox: Sandbox,
  repository: string,
  edits: Record<string, (text: string) => string>,
): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'gitops-backend-'));
  const git = async (...args: string[]) =>
    (await run('git', args, { cwd: folder })).stdout.trim();
  try {
    const url = new URL(`/acme/${repository}`, sandbox.git.url);
    url.username = 'x-access-token';
    url.password = tokenOf('callboard');
    await git('clone', '-q', '--depth=1', url.href, '.');
    for (const [path, edit] of Object.entries(edits)) {
      const file = join(folder, path);
      await mkdir(dirname(file), { recursive: true });
      await writeFile(file, edit(await readFile(file, 'utf8').catch(() => '')));
    }
    const author = ['-c', 'user.name=Maya', '-c', 'user.email=maya@acme.test'];
    await git('add', '--all');
    await git(...author, 'commit', '-q', '-m', 'Change for a test');
    await git('push', '-q', 'origin', 'HEAD:main');
    return await git('rev-parse', 'HEAD');
  } finally {
    await rm(folder, { recursive: true });
  }
}
