import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  type GitHosting,
  type GitHostingOptions,
  startGitHosting,
} from '../GitHosting';
import { type SeedRepository } from '../HostingAdmin';

const HELLO: SeedRepository = {
  owner: 'acme',
  name: 'hello',
  description: 'Says hello',
  commits: [
    {
      message: 'Begin',
      author: 'maya',
      at: '2026-01-01T09:00:00Z',
      files: {
        'README.md': '# Hello\n\nSays hello.\n',
        'src/index.ts': 'export const answer = 42;\n',
        'deploy/base/kustomization.yaml': 'resources: []\n',
      },
    },
    {
      message: 'Answer better\n\nBecause 42 is not enough.',
      author: 'tom',
      at: '2026-01-02T09:00:00Z',
      files: { 'src/index.ts': 'export const answer = 43;\n' },
    },
  ],
};

const INFRA: SeedRepository = {
  owner: 'acme',
  name: 'infra',
  description: 'What runs where',
  commits: [
    {
      message: 'Begin',
      author: 'jonas',
      at: '2026-01-01T09:00:00Z',
      files: { 'apps/kustomization.yaml': 'resources:\n  - project.yaml\n' },
    },
  ],
  protection: {
    required_pull_request_reviews: {
      required_approving_review_count: 1,
      bypass_pull_request_allowances: { users: ['callboard'] },
    },
  },
};

/** A Git hosting with a small organisation, for one test file. */
export interface TestHosting {
  readonly hosting: GitHosting;
  readonly folder: string;
  /** What the hosting has logged. */
  readonly lines: string[];
  remove(): Promise<void>;
}

export async function startTestHosting(
  options: Partial<GitHostingOptions> = {},
): Promise<TestHosting> {
  const folder =
    options.dataDir ?? (await mkdtemp(join(tmpdir(), 'callboard-git-')));
  const lines: string[] = [];
  const hosting = await startGitHosting({
    dataDir: folder,
    port: 0,
    log: line => lines.push(line),
    ...options,
  });
  await seedAcme(hosting);
  return {
    hosting,
    folder,
    lines,
    remove: async () => {
      await hosting.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function seedAcme({ admin }: GitHosting): Promise<void> {
  await admin.createUser({ login: 'maya', name: 'Maya Okafor' });
  await admin.createUser({ login: 'tom', name: 'Tom Becker' });
  await admin.createUser({ login: 'jonas', name: 'Jonas Lind' });
  await admin.createUser({ login: 'callboard', name: 'Callboard', bot: true });
  await admin.createUser({ login: 'reader', name: 'Reader', bot: true });
  const members = ['maya', 'tom', 'jonas', 'callboard'];
  await admin.createOrganization({ login: 'acme', name: 'Acme', members });
  await admin.createTeam({
    org: 'acme',
    slug: 'shop',
    members: ['maya', 'tom'],
  });
  await admin.createRepository(HELLO);
  await admin.createRepository(INFRA);
}
