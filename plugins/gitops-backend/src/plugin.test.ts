import { setTimeout } from 'node:timers/promises';
import { mockCredentials } from '@backstage/backend-test-utils';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { ScriptedArgocd } from './__testUtils__/ScriptedArgocd';
import { argoJson, SHA_2 } from './__testUtils__/argoApplication';
import { argocdBlock, gitopsBlock } from './__testUtils__/environments';
import {
  component,
  type Gitops,
  sourceOf,
  startGitops,
} from './__testUtils__/startGitops';
import { until } from './__testUtils__/until';

const TOKEN = 'token-that-nobody-sees';
const CART_PATH = '/v1/deployments?entityRef=component%3Adefault%2Fcart';

jest.setTimeout(30_000);

/** What changed while it started is signalled by then, and forgotten. */
async function untilQuiet(signals: unknown[]): Promise<void> {
  await setTimeout(500);
  signals.length = 0;
}

describe('gitopsPlugin', () => {
  let argocd: ScriptedArgocd;
  let gitops: Gitops | undefined;

  beforeEach(async () => {
    argocd = await ScriptedArgocd.start();
    argocd.put(argoJson());
  });

  afterEach(async () => {
    await gitops?.stop();
    gitops = undefined;
    await argocd.stop();
  });

  async function start(
    options: Partial<Parameters<typeof startGitops>[0]> = {},
  ): Promise<Gitops> {
    gitops = await startGitops({
      config: { gitops: gitopsBlock, argocd: argocdBlock(argocd.url, TOKEN) },
      entities: [component('cart'), component('web')],
      ...options,
    });
    return gitops;
  }

  it('answers the environments in order', async () => {
    const { get } = await start();

    const { body } = await get('/v1/environments').expect(200);

    expect(body.items).toHaveLength(3);
    expect(body.items[2]).toEqual({
      name: 'production',
      write: 'pull-request',
      platformRepo: 'http://localhost:7080/acme/gitops-infra',
      layouts: [{ name: 'multi-repo', kind: 'application', notes: [] }],
      clusters: [
        { name: 'prod-eu1', instance: 'main', labels: {} },
        { name: 'prod-us1', instance: 'main', labels: {} },
      ],
    });
  });

  it('answers the deployments of an entity, and no Argo CD call for a view', async () => {
    const { deployments, untilDeployments } = await start();
    const list = await untilDeployments(({ items }) => items.length === 1);
    expect(list.items[0]).toMatchObject({
      environment: 'dev',
      cluster: 'dev',
      sync: { status: 'Synced' },
      health: { status: 'Healthy' },
    });
    expect(sourceOf(list)).toMatchObject({ state: 'ok' });

    const before = argocd.requests.length;
    for (let view = 0; view < 20; view += 1) {
      await deployments();
    }
    expect(argocd.requests).toHaveLength(before);
  });

  it('shows an entity its own applications only', async () => {
    const { untilDeployments, deployments } = await start();
    await untilDeployments(({ items }) => items.length === 1);

    expect((await deployments('component:default/web')).items).toEqual([]);
  });

  describe('refuses', () => {
    it.each([
      ['no entity', '/v1/deployments', 400],
      ['what is no entity reference', '/v1/deployments?entityRef=cart', 400],
      ['two', `${CART_PATH}&entityRef=component:default/web`, 400],
      ['other parameters', `${CART_PATH}&instance=http://evil.test`, 400],
      [
        'an entity that is not there',
        '/v1/deployments?entityRef=component:default/none',
        404,
      ],
    ])('%s', async (_, path, status) => {
      const { get } = await start();

      expect((await get(path)).status).toBe(status);
    });

    it('callers without credentials', async () => {
      const { get } = await start();

      const { status } = await get(CART_PATH, mockCredentials.none.header());

      expect(status).toBe(401);
    });

    it('callers without the permission, whatever they ask for', async () => {
      const { get } = await start({ permission: AuthorizeResult.DENY });

      for (const path of [
        CART_PATH,
        '/v1/environments',
        '/v1/deployments?entityRef=component:default/none',
      ]) {
        const { body } = await get(path).expect(403);
        expect(body.error.message).toContain('gitops.deployment.read');
      }
    });
  });

  it.each<Record<string, string>>([
    { 'argocd/app-name': '../../../session' },
    { 'argocd/app-name': 'cart?project=x#y&z' },
    { 'argocd/app-selector': 'a=b&projects=secret' },
    { 'argocd/app-namespace': '..%2f..', 'argocd/app-name': 'hostile' },
    {
      'argocd/project-name': '%00',
      'argocd/instance-name': 'http://evil.test',
    },
    { 'argocd/proxy-url': 'http://evil.test' },
  ])('never sends anything of the annotations %j', async annotations => {
    const { untilDeployments, deployments } = await start({
      entities: [component('cart'), component('hostile', annotations)],
    });
    await untilDeployments(({ items }) => items.length === 1);
    const before = argocd.requests.length;

    const { items } = await deployments('component:default/hostile');

    expect(items).toEqual([]);
    const asked = argocd.requests.slice(before);
    // The watcher may still read what it has found.
    expect(asked.filter(url => !url.includes('/cart-dev-dev/'))).toEqual([]);
  });

  it('tells no token and no internal address in any answer', async () => {
    const texts: string[] = [];
    const { get, untilDeployments, signals, pulses } = await start({
      config: {
        gitops: {
          ...gitopsBlock,
          argocd: { apiUrls: { main: argocd.url } },
        },
        argocd: argocdBlock('https://argocd.acme.test', TOKEN),
      },
    });
    const collect = async () => {
      for (const path of [CART_PATH, '/v1/environments', '/v1/nothing']) {
        const { text, headers } = await get(path);
        texts.push(text, JSON.stringify(headers));
      }
    };
    const list = await untilDeployments(({ items }) => items.length === 1);
    expect(list.items[0]?.application.url).toBe(
      'https://argocd.acme.test/applications/argocd/cart-dev-dev',
    );
    await collect();
    for (const status of [401, 500, 503]) {
      argocd.status = status;
      argocd.dropStreams();
      await untilDeployments(found => sourceOf(found)?.state !== 'ok');
      await collect();
      argocd.status = 200;
      await untilDeployments(found => sourceOf(found)?.state === 'ok');
    }
    await argocd.stop();
    await untilDeployments(found => sourceOf(found)?.state === 'unreachable');
    await collect();

    const told = texts.join() + JSON.stringify([signals, pulses]);
    expect(told).toContain('cart-dev-dev');
    expect(told).not.toContain(TOKEN);
    expect(told).not.toContain('127.0.0.1');
    expect(told).not.toContain(new URL(argocd.url).port);
  });

  describe('after an event of GitHub', () => {
    const repository = (name: string) => ({
      html_url: `http://localhost:7080/acme/${name}`,
      default_branch: 'main',
    });
    const refreshes = () => argocd.count('refresh=normal');

    it('refreshes what follows the pushed branch', async () => {
      const { publish, untilDeployments } = await start();
      await untilDeployments(({ items }) => items.length === 1);

      await publish('github.push', {
        ref: 'refs/heads/x',
        repository: repository('cart'),
      });
      await publish('github.push', {
        ref: 'refs/tags/main',
        repository: repository('cart'),
      });
      await publish('github.push', {
        ref: 'refs/heads/main',
        repository: repository('web'),
      });
      await publish('github.push', { nonsense: true });
      await publish('github.push', {
        ref: 'refs/heads/main',
        repository: repository('cart'),
      });

      await until(refreshes);
      expect(refreshes()).toBe(1);
    });

    it.each([
      'github.push',
      'github.pull_request',
      'github.pull_request_review',
    ])(
      'signals a %s of a platform repository, and of no other',
      async topic => {
        const { publish, untilDeployments, signals } = await start();
        const { channel } = await untilDeployments(
          list => sourceOf(list)?.state === 'ok',
        );
        await untilQuiet(signals);

        await publish(topic, {
          ref: 'refs/heads/x',
          repository: repository('web'),
        });
        await publish(topic, {
          ref: 'refs/heads/x',
          repository: repository('gitops-infra'),
        });

        await until(() => signals.length);
        expect(signals).toEqual([
          {
            recipients: { type: 'broadcast' },
            channel,
            message: { version: expect.any(Number) },
          },
        ]);
      },
    );

    it.each([
      'github.push',
      'github.pull_request',
      'github.pull_request_review',
    ])("signals a %s of a service's own repository to it", async topic => {
      const { publish, deployments, untilDeployments, signals } = await start({
        entities: ['cart', 'web'].map(name =>
          component(name, {
            'backstage.io/source-location': `url:${
              repository(name).html_url
            }/tree/main/`,
          }),
        ),
      });
      await untilDeployments(list => sourceOf(list)?.state === 'ok');
      const { channel } = await deployments('component:default/web');
      await untilQuiet(signals);

      await publish(topic, { repository: repository('web') });

      await until(() => signals.length);
      expect(signals.map(signal => signal.channel)).toEqual([channel]);
    });
  });

  it('signals when what it showed has changed', async () => {
    const { untilDeployments, deployments, signals } = await start();
    await untilDeployments(
      list => list.items.length === 1 && sourceOf(list)?.state === 'ok',
    );
    await untilQuiet(signals);

    argocd.put(
      argoJson({ status: { sync: { status: 'OutOfSync', revision: SHA_2 } } }),
    );

    await until(() => signals.length);
    const { items, channel } = await deployments();
    expect(signals[0]?.channel).toBe(channel);
    expect(items[0]?.sync.status).toBe('OutOfSync');
  });

  it('takes over a token that was renewed in the configuration', async () => {
    argocd.token = 'renewed';
    const { untilDeployments, updateConfig } = await start();
    await untilDeployments(list => sourceOf(list)?.state === 'unauthorised');

    updateConfig({ gitops: gitopsBlock, argocd: { appLocatorMethods: 'x' } });
    updateConfig({
      gitops: gitopsBlock,
      argocd: argocdBlock(argocd.url, 'renewed'),
    });

    const list = await untilDeployments(
      found => sourceOf(found)?.state === 'ok',
    );
    expect(list.items).toHaveLength(1);
  });

  describe('where the configuration', () => {
    it.each<[string, object, RegExp]>([
      ['is missing', {}, /gitops\.environments and argocd\.appLocatorMethods/],
      [
        'has no gitops block',
        { argocd: argocdBlock('http://localhost:1', TOKEN) },
        /not configured: gitops\.environments missing/,
      ],
      [
        'is a banner only',
        { gitops: { banner: 'Test' } },
        /gitops\.environments/,
      ],
    ])('%s, says so and lets the backend start', async (_, config, message) => {
      const { get } = await start({ config: { ...config } });

      for (const path of [CART_PATH, '/v1/environments', '/v1/registrations']) {
        const { body } = await get(path).expect(503);
        expect(body.error.message).toMatch(message);
      }
      await get(CART_PATH, mockCredentials.none.header()).expect(401);
    });

    it.each<[string, object, RegExp]>([
      [
        'names an instance that does not exist',
        {
          gitops: gitopsBlock,
          argocd: {
            appLocatorMethods: [
              {
                type: 'config',
                instances: [
                  { name: 'other', url: 'http://x.test', token: 't' },
                ],
              },
            ],
          },
        },
        /instance/,
      ],
      [
        'has a selector that is none',
        {
          gitops: {
            ...gitopsBlock,
            argocd: { scopes: { main: { selector: 'team=(shop' } } },
          },
          argocd: argocdBlock('http://localhost:1', TOKEN),
        },
        /gitops\.argocd\.scopes\.main\.selector is no label selector/,
      ],
      [
        'has no environments',
        { gitops: { environments: [] } },
        /gitops\.environments/,
      ],
    ])('%s, stops the backend', async (_, config, message) => {
      await expect(start({ config: { ...config } })).rejects.toThrow(message);
    });
  });
});
