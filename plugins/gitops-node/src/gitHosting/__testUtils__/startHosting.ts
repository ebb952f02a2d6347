import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { mockServices } from '@backstage/backend-test-utils';
import { ConfigReader } from '@backstage/config';
import { startSandbox } from '@callboard/sandbox';
import { createGitHosting } from '../createGitHosting';
import { amend, type AmendedCommit } from './amend';

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
    text: (repository: string, branch: string, path: string) =>
      readText(`${url}/api/v3/repos/acme/${repository}`, branch, path),
    amend: (repository: string, ...change: AmendedCommit) =>
      amend(new URL(`/acme/${repository}`, url), ...change),
    async stop() {
      await sandbox.stop();
      await rm(dataDir, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

export type Hosting = Awaited<ReturnType<typeof startHosting>>;

async function readText(repository: string, branch: string, path: string) {
  const response = await fetch(`${repository}/contents/${path}?ref=${branch}`, {
    headers: { accept: 'application/vnd.github.raw' },
  });
  return response.ok ? response.text() : undefined;
}
