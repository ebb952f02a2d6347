import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { mockServices } from '@backstage/backend-test-utils';
import { createMockActionContext } from '@backstage/plugin-scaffolder-node-test-utils';
import {
  createGitHosting,
  readGitopsConfig,
} from '@callboard/backstage-plugin-gitops-node';
import { type Sandbox, startSandbox } from '@callboard/sandbox';
import { createInspectAction } from './inspect';

const OWNER = 'group:default/storefront';
const DAY = '2026-01-05T09:00:00Z';

let dataDir: string;
let sandbox: Sandbox;
let git: Sandbox['git'];

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'inspect-'));
  sandbox = await startSandbox({
    dataDir,
    gitPort: 0,
    argocdPort: 0,
    demo: false,
  });
  git = sandbox.git;
  await git.admin.createUser({ login: 'maya', name: 'Maya' });
  await git.admin.createUser({ login: 'callboard', name: 'Portal', bot: true });
  await git.admin.createOrganization({
    login: 'acme',
    name: 'Acme',
    members: ['maya', 'callboard'],
  });
  await createRepository('empty');
  await createRepository('cart', catalogInfo('cart', 'storefront'));
  await createRepository('payments', catalogInfo('payments', 'payments'));
  await createRepository('website', '<html>');
  await createRepository('old', catalogInfo('old', 'storefront'));
  await git.admin.archiveRepository('acme', 'old');
}, 60_000);

afterAll(async () => {
  await sandbox.stop();
  await rm(dataDir, { recursive: true, force: true });
});

function createRepository(name: string, text?: string) {
  return git.admin.createRepository({
    owner: 'acme',
    name,
    description: name,
    commits: text
      ? [
          {
            message: 'Begin',
            author: 'maya',
            at: DAY,
            files: { 'catalog-info.yaml': text },
          },
        ]
      : [],
  });
}

function catalogInfo(name: string, owner: string) {
  return [
    'apiVersion: backstage.io/v1alpha1',
    'kind: Component',
    'metadata:',
    `  name: ${name}`,
    '  annotations:',
    '    callboard.dev/template: microservice',
    'spec:',
    `  owner: ${owner}`,
    '',
  ].join('\n');
}

async function inspect(name: string) {
  const host = new URL(git.url).host;
  const data = {
    integrations: {
      github: [
        { host, apiBaseUrl: `${git.url}/api/v3`, token: 'sandbox-callboard' },
      ],
    },
    argocd: {
      appLocatorMethods: [
        {
          type: 'config',
          instances: [{ name: 'main', url: 'https://argocd.test', token: 'x' }],
        },
      ],
    },
    gitops: {
      serviceRepositories: [`${git.url}/acme/*`],
      newRepositories: { url: `${git.url}/acme`, registry: 'ghcr.io/acme' },
      environments: [
        {
          name: 'dev',
          platformRepo: `${git.url}/acme/gitops-infra`,
          path: 'clusters/dev/argocd',
          layout: 'multi-repo',
          write: 'commit',
          project: 'services-dev',
          clusters: [
            { name: 'dev', instance: 'main', destination: 'https://dev.test' },
          ],
        },
      ],
    },
  };
  const config = mockServices.rootConfig({ data });
  const outputs: Record<string, unknown> = {};
  const action = createInspectAction({
    config: readGitopsConfig(config),
    gitHosting: createGitHosting({
      config,
      logger: mockServices.logger.mock(),
    }),
  });
  await action.handler({
    ...createMockActionContext({ input: { name, owner: OWNER } }),
    output: (key: string, value: unknown) => {
      outputs[key] = value;
    },
  } as never);
  return outputs;
}

describe('gitops:inspect', () => {
  it('finds that there is nothing yet, and says where it goes', async () => {
    expect(await inspect('hello')).toEqual({
      state: 'absent',
      create: true,
      push: true,
      repoUrl: `${new URL(git.url).host}?owner=acme&repo=hello`,
      webUrl: `${git.url}/acme/hello`,
      remoteUrl: `${git.url}/acme/hello.git`,
      host: new URL(git.url).host,
      organization: 'acme',
      registry: 'ghcr.io/acme',
      defaultBranch: 'main',
      environment: 'dev',
      entityRef: 'component:default/hello',
    });
  });

  it('goes on with a repository that is still empty', async () => {
    expect(await inspect('empty')).toMatchObject({
      state: 'empty',
      create: false,
      push: true,
    });
  });

  it('goes on with what it created for the same owner', async () => {
    expect(await inspect('cart')).toMatchObject({
      state: 'ours',
      create: false,
      push: false,
    });
  });

  it.each(['payments', 'website'])(
    'refuses %s, which belongs to something else, with what to do',
    async name => {
      await expect(inspect(name)).rejects.toMatchObject({
        name: 'ConflictError',
        message: expect.stringContaining('Choose another name'),
      });
    },
  );

  it('refuses an archived repository', async () => {
    await expect(inspect('old')).rejects.toMatchObject({ refusal: 'archived' });
  });

  it.each(['Hello', '../hello', 'hello world', '-x', ''])(
    'refuses the name "%s"',
    async name => {
      await expect(inspect(name)).rejects.toMatchObject({ name: 'InputError' });
    },
  );
});
