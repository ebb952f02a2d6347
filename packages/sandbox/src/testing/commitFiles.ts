import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { tokenOf } from '../demo/organisation';

/** Commits to a repository's main branch as Maya would: clone, commit, push. */
export async function commitFiles(
  gitUrl: string,
  change: {
    repository: string;
    message: string;
    files: Readonly<Record<string, string>>;
  },
): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), 'clone-'));
  const url = new URL(`/${change.repository}.git`, gitUrl);
  url.username = 'maya';
  url.password = tokenOf('maya');
  try {
    await git(folder, 'clone', '--quiet', url.href, '.');
    for (const [file, text] of Object.entries(change.files)) {
      const target = path.join(folder, file);
      await mkdir(path.dirname(target), { recursive: true });
      await writeFile(target, text);
    }
    await git(folder, 'add', '.');
    await git(folder, 'commit', '--quiet', '-m', change.message);
    await git(folder, 'push', '--quiet', 'origin', 'HEAD:main');
    return (await git(folder, 'rev-parse', 'HEAD')).trim();
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function git(folder: string, ...args: string[]): Promise<string> {
  const who = [
    '-c',
    'user.name=Maya Okafor',
    '-c',
    'user.email=maya@acme.test',
  ];
  const { stdout } = await promisify(execFile)('git', [...who, ...args], {
    cwd: folder,
    env: { ...process.env, GIT_TERMINAL_PROMPT: '0' },
  });
  return stdout;
}
