import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Sandbox, startSandbox } from '@callboard/sandbox';
import { HostingClient } from './HostingClient';
import { serviceFiles } from './serviceFiles';
import { startPortal, type PortalOptions } from './startPortal';

/** The sandbox's Git hosting, and a backend with registrations only. */
export async function startWorld() {
  const dataDir = await mkdtemp(join(tmpdir(), 'registrations-'));
  const sandbox = await startSandbox({ dataDir, demo: false });
  const { git } = sandbox;

  return {
    git,
    url: git.url,
    portal: (options: PortalOptions = {}) => startPortal(git, options),
    createService: (
      name: string,
      options: {
        files?: Record<string, string | null>;
        protection?: object;
      } = {},
    ) =>
      createRepository(git, {
        name,
        files: { ...serviceFiles(name), ...options.files },
        protection: options.protection,
      }),
    createRepository: (repository: Repository) =>
      createRepository(git, repository),
    hosting: new HostingClient(git.url),
    async stop() {
      await sandbox.stop();
      await rm(dataDir, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

export type World = Awaited<ReturnType<typeof startWorld>>;
type Git = Sandbox['git'];

interface Repository {
  name: string;
  files: Record<string, string | null>;
  protection?: object;
}

function createRepository(git: Git, { name, files, protection }: Repository) {
  return git.admin.createRepository({
    owner: 'acme',
    name,
    description: name,
    commits: [
      { message: 'Begin', author: 'maya', at: '2026-01-05T09:00:00Z', files },
    ],
    protection,
  });
}
