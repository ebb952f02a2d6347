import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { mockCredentials } from '@backstage/backend-test-utils';
import eventsPlugin from '@backstage/plugin-events-backend';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import signalsPlugin from '@backstage/plugin-signals-backend';
import { type JsonObject } from '@backstage/types';
import {
  type SetupCheck,
  type SetupReport,
  type UnmatchedList,
} from '@callboard/backstage-plugin-gitops-common';
import {
  type Sandbox,
  SANDBOX_ARGOCD_TOKEN,
  SANDBOX_WEBHOOK_SECRET,
  startSandbox,
  tokenOf,
} from '@callboard/sandbox';
import { commitTo } from '../__testUtils__/commitTo';
import { demoConfig, demoEntities } from '../__testUtils__/demoConfig';
import { githubEvents } from '../__testUtils__/githubEvents';
import {
  component,
  type Gitops,
  startGitops,
} from '../__testUtils__/startGitops';
import { until } from '../__testUtils__/until';

jest.setTimeout(120_000);

const PATIENCE_MS = 45_000;
const SOUND_TOKEN = { scopes: ['repo', 'workflow', 'admin:org_hook'] };
const SERVICES = [
  ...['web', 'cart', 'checkout', 'payments', 'pricing', 'search'],
  ...['inventory', 'notifications'],
];
const PLATFORM = 'acme/gitops-infra';

describe('the set-up of the demo organisation', () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'gitops-setup-'));
  let sandbox: Sandbox;
  let gitops: Gitops;
  let permission: AuthorizeResult.ALLOW | AuthorizeResult.DENY;

  beforeAll(async () => {
    sandbox = await startSandbox({
      dataDir,
      timings: { lookOutIntervalMs: 3_600_000, readyAfterMs: 50 },
    });
    await sandbox.argocd.reconcileAll();
    gitops = await start();
  });

  beforeEach(() => {
    permission = AuthorizeResult.ALLOW;
    tellPortal();
  });

  afterEach(() => {
    sandbox.argocd.faults.set({});
    sandbox.git.admin.setToken('callboard', SOUND_TOKEN);
  });

  afterAll(async () => {
    await gitops?.stop();
    await sandbox?.stop();
    rmSync(dataDir, { recursive: true, force: true });
  });

  /** A portal as it should be, but for what is given. */
  async function start(
    changes: (config: JsonObject) => JsonObject = () => ({}),
  ): Promise<Gitops> {
    const sound = {
      ...demoConfig(sandbox),
      permission: { enabled: true },
    };
    const started = await startGitops({
      config: { ...sound, ...changes(sound) },
      entities: [
        ...demoEntities(sandbox, SERVICES),
        component('feature-flags', { 'argocd/app-name': 'feature-flags-dev' }),
        component('gift-cards', { 'argocd/app-name': 'gift-cards-dev-dev' }),
      ],
      decide: () => ({ result: permission }),
      features: [
        eventsPlugin,
        githubEvents(SANDBOX_WEBHOOK_SECRET),
        signalsPlugin,
      ],
    });
    await until(
      () => ask<UnmatchedList>(started, '/v1/applications/unmatched'),
      ({ sources }) => sources.every(({ message }) => !isUnread(message)),
      PATIENCE_MS,
    );
    return started;
  }

  function isUnread(message: string | undefined): boolean {
    return message?.includes('has not been read yet') ?? false;
  }

  async function ask<T>(portal: Gitops, path: string): Promise<T> {
    permission = AuthorizeResult.ALLOW;
    const { body, status, text } = await portal.get(path);
    if (status !== 200) {
      throw new TypeError(text);
    }
    return body;
  }

  function look(portal: Gitops = gitops): Promise<SetupReport> {
    return ask(portal, '/v1/setup?fresh=true');
  }

  /** The check, once it is in that state and says so. */
  async function untilCheck(
    id: string,
    state: SetupCheck['state'],
    message: RegExp = /./,
  ): Promise<SetupCheck> {
    const check = await until(
      async () => (await look()).items.find(item => item.id === id),
      found => found?.state === state && message.test(found.message),
      PATIENCE_MS,
    );
    return check as SetupCheck;
  }

  function notFine({ items }: SetupReport): Record<string, string> {
    return Object.fromEntries(
      items
        .filter(({ state }) => state !== 'ok')
        .map(({ id, state }) => [id, state]),
    );
  }

  /** Starts a portal that is configured otherwise, and looks at its set-up. */
  async function lookOtherwise(
    changes: (config: JsonObject) => JsonObject,
  ): Promise<{ report: SetupReport; text: string }> {
    const other = await start(changes);
    try {
      tellPortal(SANDBOX_WEBHOOK_SECRET, other);
      const report = await look(other);
      return { report, text: JSON.stringify(report) };
    } finally {
      await other.stop();
    }
  }

  const withInstance = (instance: JsonObject) => ({
    argocd: {
      appLocatorMethods: [
        { type: 'config', instances: [{ name: 'main', ...instance }] },
      ],
    },
  });

  /** Where the organisation's webhook goes to. */
  function tellPortal(
    secret: string = SANDBOX_WEBHOOK_SECRET,
    portal: Gitops = gitops,
  ): void {
    sandbox.git.admin.setOrganizationHook('acme', {
      url: `${portal.url}/api/events/http/github`,
      secret,
    });
  }

  async function protect(rules: object | undefined): Promise<void> {
    const url = `${sandbox.git.url}/api/v3/repos/${PLATFORM}/branches/main/protection`;
    const response = await fetch(url, {
      method: rules ? 'PUT' : 'DELETE',
      headers: {
        authorization: `Bearer ${tokenOf('jonas')}`,
        'content-type': 'application/json',
      },
      ...(rules && {
        body: JSON.stringify({
          required_status_checks: null,
          restrictions: null,
          enforce_admins: true,
          ...rules,
        }),
      }),
    });
    expect(response.ok).toBe(true);
  }

  it('is fine', async () => {
    const report = await look();

    expect(notFine(report)).toEqual({});
    expect(report.items.map(({ id }) => id)).toEqual([
      'portal/configuration',
      'portal/services',
      'portal/permissions',
      'portal/events',
      'portal/signals',
      'argocd:main/reachable',
      'argocd:main/version',
      'argocd:main/token',
      'argocd:main/right-applications',
      'argocd:main/right-sync',
      'argocd:main/right-logs',
      'argocd:main/right-applicationsets',
      'argocd:main/right-projects',
      'argocd:main/rights-too-broad',
      `argocd:main/repository:${PLATFORM}`,
      'argocd:main/service-repositories',
      `repository:${PLATFORM}/access`,
      `repository:${PLATFORM}/token`,
      `repository:${PLATFORM}/webhook`,
      ...['dev', 'staging', 'production'].flatMap(name => [
        `environment:${name}/project@main`,
        `environment:${name}/root@main:clusters/${name}/argocd`,
        `environment:${name}/folder:clusters/${name}/argocd/kustomization.yaml`,
        `environment:${name}/write`,
      ]),
    ]);
  });

  it('does not come together where nobody has said whose it is', async () => {
    const { items, sources } = await ask<UnmatchedList>(
      gitops,
      '/v1/applications/unmatched',
    );

    expect(items.map(({ id }) => id)).toEqual([
      'no-entity:main/argocd/load-test-dev:',
      'selects-nothing::component:default/gift-cards',
      'unproven:main/argocd/feature-flags-dev:component:default/feature-flags',
    ]);
    expect(sources.every(({ state }) => state === 'ok')).toBe(true);
  });

  it('says that the portal may not pass by the review any more', async () => {
    await protect({
      required_pull_request_reviews: { required_approving_review_count: 1 },
    });

    const check = await untilCheck('environment:dev/write', 'error');
    expect(check.message).toMatch(/requires a pull request/);
    expect(check.fix?.snippets?.[0]?.text).toBe('write: pull-request\n');
    expect(check.fix?.link?.url).toBe(
      `${sandbox.git.url}/${PLATFORM}/settings/branches`,
    );
    expect(notFine(await look())).toEqual({
      'environment:dev/write': 'error',
      'environment:staging/write': 'error',
    });
  });

  it('says that nobody has to review what the portal proposes', async () => {
    await protect(undefined);

    await untilCheck(
      'environment:production/write',
      'warning',
      /not protected/,
    );
    expect(notFine(await look())).toEqual({
      'environment:production/write': 'warning',
    });
    await protect({
      required_pull_request_reviews: {
        required_approving_review_count: 1,
        bypass_pull_request_allowances: { users: ['callboard'] },
      },
    });
    await untilCheck('environment:production/write', 'ok');
  });

  it('follows the webhook: none, refused, hidden, delivered, arrived', async () => {
    const id = `repository:${PLATFORM}/webhook`;
    const push = () =>
      commitTo(sandbox, 'gitops-infra', { 'README.md': text => `${text}\n` });
    sandbox.git.admin.setOrganizationHook('acme', undefined);
    const absent = await untilCheck(id, 'warning', /no webhook to the portal/);
    expect(absent.fix?.snippets?.[0]?.text).toBe(
      `${gitops.url}/api/events/http/github`,
    );

    tellPortal('another secret');
    await push();
    const refused = await untilCheck(id, 'error', /answered it with 403/);
    expect(refused.fix?.text).toMatch(/the same secret/);

    sandbox.git.admin.setToken('callboard', { scopes: ['repo'] });
    await untilCheck(id, 'unknown', /cannot see all webhooks/);

    sandbox.git.admin.setToken('callboard', SOUND_TOKEN);
    tellPortal();
    await push();
    await untilCheck(id, 'ok', /it delivers: the last time/);

    sandbox.git.admin.setToken('callboard', { scopes: ['repo'] });
    await untilCheck(id, 'ok', /^Events arrive: the last one on .* UTC/);
  });

  it('follows what becomes of the token: no scope, too many, ends soon', async () => {
    const id = `repository:${PLATFORM}/token`;
    const { admin } = sandbox.git;
    admin.setToken('callboard', { scopes: ['read:user'] });
    await untilCheck(id, 'error', /do not let it write/);

    admin.setToken('callboard', { scopes: ['repo', 'delete_repo'] });
    await untilCheck(id, 'warning', /delete_repo, which the portal never uses/);

    const expiresAt = new Date(Date.now() + 30 * 60 * 60_000).toISOString();
    admin.setToken('callboard', { ...SOUND_TOKEN, expiresAt });
    const ending = await untilCheck(id, 'warning', /in 1 day/);
    expect(ending.message).toContain(expiresAt.slice(0, 10));
  });

  it('says that Argo CD is away, and still checks everything else', async () => {
    sandbox.argocd.faults.set({ stopped: true });

    await untilCheck('argocd:main/reachable', 'error', /connection broke off/);
    expect(notFine(await look())).toEqual({
      'argocd:main/reachable': 'error',
      'environment:dev/project@main': 'unknown',
      'environment:staging/project@main': 'unknown',
      'environment:production/project@main': 'unknown',
    });
    sandbox.argocd.faults.set({});
    await untilCheck('argocd:main/reachable', 'ok');
  });

  it('waits for nobody longer than ten seconds', async () => {
    sandbox.argocd.faults.set({ latencyMs: 12_000 });

    const late = await untilCheck('argocd:main/reachable', 'error', /within/);
    expect(late.message).toBe('It did not answer within 10 seconds.');
  });

  it('tells of each environment that does not fit', async () => {
    const { report } = await lookOtherwise(config => {
      const gitopsBlock = config.gitops as { environments: JsonObject[] };
      const [dev, staging, production] = gitopsBlock.environments;
      return {
        gitops: {
          ...gitopsBlock,
          environments: [
            { ...dev, project: 'services-nowhere' },
            {
              ...staging,
              clusters: [
                {
                  name: 'staging',
                  instance: 'main',
                  destination: 'https://other.test',
                },
              ],
            },
            { ...production, path: 'clusters/nowhere/argocd' },
          ],
        },
      };
    });
    const found = (id: string) => report.items.find(item => item.id === id);

    expect(notFine(report)).toEqual({
      'environment:dev/project@main': 'error',
      'environment:staging/project@main': 'error',
      'environment:production/root@main:clusters/nowhere/argocd': 'error',
      'environment:production/folder:clusters/nowhere/argocd/kustomization.yaml':
        'error',
    });
    const absent = found('environment:dev/project@main');
    expect(absent?.message).toMatch(/no AppProject services-nowhere/);
    expect(absent?.fix?.snippets?.[0]?.text).toMatch(
      /name: services-nowhere[^]*sourceRepos:\n {4}- http:\/\/localhost:\d+\/acme\/\*/,
    );
    expect(found('environment:staging/project@main')?.message).toMatch(
      /does not permit the cluster staging \(https:\/\/other\.test\)/,
    );
    const root = found(
      'environment:production/root@main:clusters/nowhere/argocd',
    );
    expect(root?.fix?.snippets?.[0]?.text).toMatch(
      /path: clusters\/nowhere\/argocd/,
    );
  });

  it('tells of an administrator', async () => {
    const { report, text } = await lookOtherwise(() =>
      withInstance({
        url: sandbox.argocd.url,
        username: 'admin',
        password: 'sandbox-admin',
      }),
    );

    expect(notFine(report)).toEqual({
      'argocd:main/token': 'warning',
      'argocd:main/rights-too-broad': 'warning',
    });
    expect(text).not.toContain('sandbox-admin');
  });

  it('tells of refused tokens, and neither them nor private addresses', async () => {
    const { host, port } = new URL(sandbox.argocd.url);
    const { report, text } = await lookOtherwise(config => ({
      ...withInstance({
        url: 'https://argocd.acme.test',
        token: 'wrong.token.really',
      }),
      gitops: {
        ...(config.gitops as JsonObject),
        argocd: { apiUrls: { main: `http://127.0.0.1:${port}` } },
      },
      integrations: {
        github: [
          {
            host: new URL(sandbox.git.url).host,
            apiBaseUrl: `${sandbox.git.url}/api/v3`,
            token: 'ghp_notthisone',
          },
        ],
      },
    }));

    expect(notFine(report)).toMatchObject({
      'argocd:main/token': 'error',
      'environment:dev/project@main': 'unknown',
      [`repository:${PLATFORM}/access`]: 'error',
      [`repository:${PLATFORM}/token`]: 'error',
      'environment:dev/write': 'unknown',
    });
    expect(text).toContain('https://argocd.acme.test');
    expect(text).not.toMatch(/wrong\.token|ghp_/);
    expect(text).not.toContain(host);
    expect(text).not.toContain(`127.0.0.1:${port}`);
  });

  it('tells neither of the secrets that are right', async () => {
    const text = JSON.stringify(await look());

    for (const secret of [
      SANDBOX_ARGOCD_TOKEN,
      SANDBOX_WEBHOOK_SECRET,
      tokenOf('callboard'),
    ]) {
      expect(text).not.toContain(secret);
    }
  });

  it('tells what the portal itself lacks', async () => {
    const bare = await startGitops({ config: demoConfig(sandbox) });
    try {
      const { body } = await bare.get('/v1/setup').expect(200);

      expect(notFine(body)).toMatchObject({
        'portal/permissions': 'warning',
        'portal/events': 'warning',
        'portal/signals': 'warning',
      });
    } finally {
      await bare.stop();
    }
  });

  it('says where to begin in a portal that is not configured', async () => {
    const bare = await startGitops({ config: {} });
    try {
      const { body } = await bare.get('/v1/setup').expect(200);
      const [first] = (body as SetupReport).items;

      expect(first).toMatchObject({
        id: 'portal/configuration',
        state: 'error',
        message: expect.stringContaining('gitops.environments'),
      });
      expect(first?.fix?.snippets?.[0]?.text).toContain('environments:');
      await bare.get('/v1/applications/unmatched').expect(503);
    } finally {
      await bare.stop();
    }
  });

  it('answers nobody without the permission', async () => {
    permission = AuthorizeResult.DENY;
    const { body } = await gitops.get('/v1/setup').expect(403);

    expect(body.error.message).toContain('gitops.setup.read');
    await gitops.get('/v1/setup', mockCredentials.none.header()).expect(401);
    permission = AuthorizeResult.ALLOW;
    await gitops.get('/v1/setup?fresh=maybe').expect(400);
  });
});
