import { setTimeout as pause } from 'node:timers/promises';
import { mockServices } from '@backstage/backend-test-utils';
import { ScriptedArgocd } from '../__testUtils__/ScriptedArgocd';
import { argoJson, SHA_1, SHA_2 } from '../__testUtils__/argoApplication';
import { until } from '../__testUtils__/until';
import { ApplicationHub } from './ApplicationHub';
import { type WatcherTimings } from './ApplicationWatcher';
import { type Backoff } from './backoff';

const TIMINGS: WatcherTimings = {
  firstMs: 20,
  mostMs: 100,
  relistMs: 150,
  firstEventMs: 100,
  reopenMs: 150,
  shortStreamMs: 100,
};
/** No list comes to help. */
const NO_RELIST = { ...TIMINGS, relistMs: 60_000 };

const named = (name: string) => argoJson({ metadata: { name } });
const degraded = argoJson({ status: { health: { status: 'Degraded' } } });

function manifest(kind: string, image: string): string {
  return JSON.stringify({
    kind,
    metadata: { name: 'cart' },
    spec: { template: { spec: { containers: [{ image }] } } },
  });
}

jest.setTimeout(30_000);

describe('ApplicationHub', () => {
  let argocd: ScriptedArgocd;
  let hub: ApplicationHub;

  beforeEach(async () => {
    argocd = await ScriptedArgocd.start();
  });

  afterEach(async () => {
    await hub.stop();
    await argocd.stop();
  });

  function start(
    timings: WatcherTimings = TIMINGS,
    options: { looksAtPods?: Backoff } = {},
  ) {
    hub = new ApplicationHub({
      instances: [
        {
          name: 'main',
          url: 'https://argocd.acme.test',
          apiUrl: argocd.url,
          auth: { token: 'a.b.c' },
        },
      ],
      logger: mockServices.logger.mock(),
      timings,
      ...options,
    });
    hub.start();
  }

  const source = () => hub.instances[0]?.source;
  const untilState = (state: string) =>
    until(source, found => found?.state === state);
  const names = () => hub.store.all().map(({ name }) => name);
  const cart = () => hub.store.byName('cart-dev-dev')[0];
  const details = () => {
    const application = cart();
    return application ? hub.detailsOf(application) : {};
  };

  it('reads nothing of single applications before all are listed', async () => {
    let answerList = () => {};
    argocd.beforeList = new Promise(resolve => {
      answerList = resolve;
    });
    argocd.put(degraded);
    start(NO_RELIST);
    await until(cart);
    await until(() => argocd.count('/api/v1/applications?') > 0);
    await pause(300);
    expect(argocd.count('/manifests')).toBe(0);

    answerList();

    await until(() => argocd.count('/manifests') > 0);
  });

  describe('watching', () => {
    it('knows what was there, and follows what changes', async () => {
      argocd.put(argoJson());
      start(NO_RELIST);
      await untilState('ok');
      expect(names()).toEqual(['cart-dev-dev']);

      argocd.put(named('web'));
      argocd.put(degraded);
      await until(() => cart()?.health.status === 'Degraded');
      expect(names().sort()).toEqual(['cart-dev-dev', 'web']);

      argocd.remove('web');
      await until(names, found => found.length === 1);
    });

    it('notices by the next list what the stream has lost', async () => {
      argocd.put(argoJson());
      argocd.put(named('web'));
      start();
      await untilState('ok');

      argocd.put(degraded, 'lost');
      argocd.put(named('search'), 'lost');
      argocd.remove('web', 'lost');

      await until(() => cart()?.health.status === 'Degraded');
      await until(() => !names().includes('web'));
      expect(names().sort()).toEqual(['cart-dev-dev', 'search']);
    });

    it.each([true, false])(
      'reads no application again that is as the list says; it tells revisions: %s',
      async listsRevisions => {
        argocd.listsRevisions = listsRevisions;
        argocd.put(argoJson());
        start();
        await until(() => argocd.count('/applications?') > 4);

        expect(argocd.count('/api/v1/applications/cart-dev-dev?')).toBe(0);
      },
    );

    it('is content with an instance that has no application', async () => {
      start();
      await untilState('ok');

      expect(source()?.message).toMatch(/no application at all/);
    });

    it('takes a dropped stream for nothing to speak of', async () => {
      argocd.put(argoJson());
      start(NO_RELIST);
      await untilState('ok');
      const { since } = source() ?? {};
      await until(() => argocd.count('/stream/') === 1);

      argocd.dropStreams();
      await until(() => argocd.count('/stream/') === 2);
      argocd.put(degraded);
      await until(() => cart()?.health.status === 'Degraded');

      expect(source()).toMatchObject({ state: 'ok', since });
    });

    it('says so when events do not arrive', async () => {
      argocd.dumps = false;
      argocd.put(argoJson());
      start();

      await untilState('stale');
      await until(
        () => source()?.message?.includes('sends no events') ?? false,
      );
      expect(names()).toEqual(['cart-dev-dev']);

      argocd.put(degraded);
      await untilState('ok');
    });

    it('opens another stream when one got lost on the way', async () => {
      argocd.dumps = false;
      argocd.put(argoJson());
      start(NO_RELIST);
      await until(
        () => source()?.message?.includes('sends no events') ?? false,
      );
      const before = argocd.count('/api/v1/applications?');

      argocd.dumps = true;
      await untilState('ok');
      expect(argocd.count('/api/v1/applications?')).toBe(before);
    });

    it('says so when streams never last', async () => {
      argocd.put(argoJson());
      argocd.endsStreams = true;
      start();
      await until(
        () => source()?.message?.includes('sends no events') ?? false,
      );

      argocd.endsStreams = false;
      expect(await untilState('ok')).not.toHaveProperty('message');
    });

    it.each([
      [401, 'unauthorised', /refuses the portal's credentials/],
      [403, 'unauthorised', /argocd\.appLocatorMethods/],
      [429, 'limited', /slow down/],
      [503, 'unreachable', /not available/],
      [500, 'unreachable', /could not answer/],
    ])(
      'tells %i as %s, keeps what it knows, and recovers',
      async (status, state, words) => {
        argocd.put(argoJson());
        start();
        await untilState('ok');
        const told: string[] = [];
        hub.onSourceChange(instance => told.push(instance));

        argocd.status = status;
        argocd.dropStreams();
        await untilState(state);

        expect(source()?.message).toMatch(words);
        expect(source()?.message).not.toContain('127.0.0.1');
        expect(names()).toEqual(['cart-dev-dev']);
        expect(told).toEqual(['main']);
        const { heardAt } = hub.instances[0] ?? {};

        argocd.status = 200;
        await untilState('ok');
        expect(hub.instances[0]?.heardAt).not.toBe(heardAt);
        expect(told).toEqual(['main', 'main']);
      },
    );

    it('comes back to an instance that was away, in growing pauses', async () => {
      argocd.status = 503;
      start({ ...TIMINGS, firstMs: 50, mostMs: 400 });
      await untilState('unreachable');
      const startedAt = Date.now();
      await until(() => argocd.count('/applications?') >= 5);

      expect(Date.now() - startedAt).toBeGreaterThan(400);
    });
  });

  describe('details', () => {
    const outOfSync = argoJson({
      status: { sync: { status: 'OutOfSync', revision: SHA_2 } },
    });

    it('reads the release once for an application and revision', async () => {
      argocd.manifests = [manifest('Deployment', 'cart:1.0.1')];
      argocd.put(argoJson());
      start();
      await until(() => details().desired);
      argocd.put(degraded);
      await until(() => argocd.count('/applications?') > 3);

      expect(details().desired?.version).toBe('1.0.1');
      expect(details().live?.version).toBe('1.0.1');
      expect(argocd.count('/manifests')).toBe(1);
      expect(argocd.requests.find(url => url.includes('/manifests'))).toContain(
        `revision=${SHA_1}`,
      );
      expect(argocd.count('/managed-resources')).toBe(0);
    });

    it('takes what runs from the cluster, while it is not what should run', async () => {
      argocd.manifests = [manifest('Deployment', 'cart:1.0.2')];
      argocd.live = [manifest('Deployment', 'cart:1.0.1'), 'null'];
      argocd.put(outOfSync);
      start();
      await until(() => details().live && details().desired);

      expect(details().desired?.version).toBe('1.0.2');
      expect(details().live?.version).toBe('1.0.1');
    });

    it('reads what runs once for each change', async () => {
      argocd.live = [manifest('Deployment', 'cart:1.0.1')];
      argocd.put(outOfSync);
      start();
      await until(() => details().live);
      await until(() => argocd.count('/applications?') > 3);
      expect(argocd.count('/managed-resources')).toBe(1);

      argocd.live = [manifest('Deployment', 'cart:drifted')];
      argocd.put(
        argoJson({
          status: {
            sync: { status: 'OutOfSync', revision: SHA_2 },
            health: { status: 'Progressing' },
          },
        }),
      );
      await until(() => details().live?.version === 'drifted');
      expect(argocd.count('/managed-resources')).toBe(2);
    });

    it('claims nothing about what runs before the cluster has told', async () => {
      argocd.manifests = [manifest('Deployment', 'cart:1.0.2')];
      argocd.live = ['null'];
      argocd.put(outOfSync);
      start();
      await until(() => details().desired);

      expect(details().live).toBeUndefined();
    });

    it('keeps the release when a newer commit changes nothing here', async () => {
      argocd.manifests = [manifest('Deployment', 'cart:1.0.1')];
      argocd.put(argoJson());
      start();
      await until(() => details().desired);
      const seen: (string | undefined)[] = [];
      hub.onApplicationChange(() => seen.push(details().live?.version));

      argocd.put(
        argoJson({ status: { sync: { status: 'Synced', revision: SHA_2 } } }),
      );
      await until(() => argocd.count('/manifests') === 2);
      await pause(100);

      expect(new Set(seen)).toEqual(new Set(['1.0.1']));
    });

    it('reads why an application is not healthy', async () => {
      argocd.put(
        argoJson({
          status: {
            health: { status: 'Degraded' },
            resources: [
              {
                kind: 'Deployment',
                name: 'cart',
                health: { status: 'Degraded', message: 'image is unknown' },
              },
            ],
          },
        }),
      );
      start();

      await until(() => details().healthMessage);
      expect(details().healthMessage).toBe('Deployment cart: image is unknown');

      argocd.put(argoJson());
      await until(() => details().healthMessage === undefined);
    });

    it('reads which pod is stuck, also while nothing else changes', async () => {
      argocd.put(argoJson({ status: { health: { status: 'Progressing' } } }));
      start(TIMINGS, { looksAtPods: { firstMs: 20, mostMs: 50 } });
      await until(() => argocd.count('/resource-tree') > 1);
      expect(details().healthMessage).toBeUndefined();

      argocd.nodes = [
        {
          kind: 'Pod',
          name: 'cart-1',
          health: { status: 'Degraded', message: 'manifest unknown' },
          info: [{ name: 'Status Reason', value: 'ErrImagePull' }],
        },
      ];
      const message = await until(() => details().healthMessage);
      expect(message).toBe('Pod cart-1: ErrImagePull, manifest unknown');

      argocd.put(argoJson());
      await until(() => details().healthMessage === undefined);
      const looks = argocd.count('/resource-tree');
      await pause(200);
      expect(argocd.count('/resource-tree')).toBe(looks);
    });
  });

  describe('finalizers', () => {
    const read = (name: string, project?: string) =>
      hub.finalizers.read({
        instance: 'main',
        namespace: 'argocd',
        name,
        project,
      });

    it('are read from Argo CD, for this moment', async () => {
      const withFinalizers = (finalizers: string[]) =>
        argoJson({ metadata: { finalizers } });
      argocd.put(withFinalizers(['resources-finalizer.argocd.argoproj.io']));
      start(NO_RELIST);
      await untilState('ok');

      expect(await read('cart-dev-dev')).toBe('present');
      argocd.put(withFinalizers(['other/finalizer']), 'lost');
      expect(await read('cart-dev-dev')).toBe('absent');
      argocd.remove('cart-dev-dev', 'lost');
      expect(await read('cart-dev-dev')).toBe('gone');
    });

    it('are in doubt where Argo CD does not tell missing from forbidden', async () => {
      start(NO_RELIST);
      await untilState('ok');

      expect(await read('none')).toBe('unknown');
      expect(await read('none', 'services-dev')).toBe('gone');
      argocd.status = 503;
      expect(await read('none', 'services-dev')).toBe('unknown');
      expect(
        await hub.finalizers.read({ instance: 'x', namespace: 'a', name: 'a' }),
      ).toBe('unknown');
    });
  });

  describe('refreshing', () => {
    const refreshed = () =>
      argocd.requests
        .filter(url => url.includes('refresh=normal'))
        .map(url => url.split('/')[4]?.split('?')[0])
        .sort();

    it('refreshes what has its source there, and follows the branch', async () => {
      const at = (name: string, targetRevision: string, path = 'deploy') =>
        argoJson({
          metadata: { name },
          spec: {
            source: {
              repoURL: 'http://localhost:7080/acme/cart.git',
              path,
              targetRevision,
            },
          },
        });
      argocd.put(at('on-main', 'main'));
      argocd.put(at('on-head', 'HEAD'));
      argocd.put(at('on-release', 'release'));
      argocd.put(at('pinned', SHA_1));
      start();
      await untilState('ok');
      const repoURL = 'http://LOCALHOST:7080/acme/cart';

      await hub.refresher.refresh({
        repoURL,
        branch: { name: 'main', isDefault: true },
      });
      await until(refreshed, found => found.length === 2);
      expect(refreshed()).toEqual(['on-head', 'on-main']);

      await hub.refresher.refresh({ repoURL: `${repoURL}2` });
      await hub.refresher.refresh({ repoURL, instance: 'other' });
      await hub.refresher.refresh({ repoURL, path: 'elsewhere' });
      await hub.refresher.refresh({ repoURL: 'nonsense' });
      await hub.refresher.refresh({ repoURL, path: '/deploy/' });
      await until(refreshed, found => found.length >= 6);
      expect(refreshed()).toHaveLength(6);
    });

    it('does not mind a refresh that fails', async () => {
      argocd.put(argoJson());
      start(NO_RELIST);
      await untilState('ok');
      argocd.status = 500;

      await hub.refresher.refresh({
        repoURL: 'http://localhost:7080/acme/cart',
      });

      await until(() => refreshed().length === 1);
      expect(source()?.state).toBe('ok');
    });
  });
});
