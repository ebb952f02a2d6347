import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { mockServices } from '@backstage/backend-test-utils';
import { ConfigReader } from '@backstage/config';
import { startSandbox } from '@callboard/sandbox';
import { createGitHosting } from '../createGitHosting';

const run = promisify(execFile);

/** A token that must appear in no error. */
export const TOKEN = 'sandbox-callboard';

/** The sandbox's Git hosting with one repository, and our client of it. */
export async function startHosting() {
  const dataDir = await mkdtemp(join(tmpdir(), 'hosting-'));
  const sandbox = await startSandbox({ dataDir, demo: false });
  const { url, admin } = sandbox.git;
  const { host } = new URL(url);

  return {
    url,
    admin,
    /** A client with an account's credentials, as another process would have. */
    as: (token: string = TOKEN) =>
      createGitHosting({
        logger: mockServices.logger.mock(),
        config: new ConfigReader({
          integrations: {
            github: [{ host, apiBaseUrl: `${url}/api/v3`, token }],
          },
        }),
      }),
    createRepository: (
      name: string,
      files: Record<string, string>,
      protection?: Parameters<typeof admin.createRepository>[0]['protection'],
    ) =>
      admin.createRepository({
        owner: 'acme',
        name,
        description: name,
        commits: [
          {
            message: 'Begin',
            author: 'maya',
            at: '2026-01-05T09:00:00Z',
            files,
          },
        ],
        protection,
      }),
    /** What a person does in the Git hosting. */
    async act(login: string, asked: string, body: object) {
      const [method, path] = asked.split(' ');
      const response = await fetch(`${url}/api/v3/repos/acme/${path}`, {
        method,
        headers: {
          authorization: `Bearer sandbox-${login}`,
          'content-type': 'application/json',
        },
        body: JSON.stringify(body),
      });
      if (!response.ok) {
        throw new TypeError(`${response.status} ${await response.text()}`);
      }
    },
    async text(repository: string, branch: string, path: string) {
      const at = `${repository}/contents/${path}?ref=${branch}`;
      const response = await fetch(`${url}/api/v3/repos/acme/${at}`, {
        headers: { accept: 'application/vnd.github.raw' },
      });
      return response.ok ? response.text() : undefined;
    },
    /** What a person does with Git: changes a branch's last commit. */
    async amend(
      repository: string,
      branch: string,
      files: Record<string, string>,
    ) {
      const folder = await mkdtemp(join(tmpdir(), 'amend-'));
      const git = (...args: string[]) => run('git', args, { cwd: folder });
      const address = new URL(`/acme/${repository}`, url);
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
    },
    async stop() {
      await sandbox.stop();
      await rm(dataDir, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

export type Hosting = Awaited<ReturnType<typeof startHosting>>;
