import { mockServices } from '@backstage/backend-test-utils';
import { ScriptedArgocd } from '../__testUtils__/ScriptedArgocd';
import { argoJson, SHA_2 } from '../__testUtils__/argoApplication';
import { until } from '../__testUtils__/until';
import { ApplicationHub } from './ApplicationHub';
import { type WatcherTimings } from './ApplicationWatcher';

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

jest.setTimeout(60_000);

describe('ApplicationWatcher, by lists', () => {
  let argocd: ScriptedArgocd;
  let hub: ApplicationHub;

  beforeEach(async () => {
    argocd = await ScriptedArgocd.start();
  });

  afterEach(async () => {
    await hub.stop();
    await argocd.stop();
  });

  function start(timings: WatcherTimings = TIMINGS) {
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
    });
    hub.start();
  }

  const named = (name: string) => argoJson({ metadata: { name } });
  const source = () => hub.instances[0]?.source;
  const untilState = (state: string) =>
    until(source, found => found?.state === state);
  const names = () => hub.store.all().map(({ name }) => name);
  const cart = () => hub.store.byName('cart-dev-dev')[0];

  describe('without events', () => {
    const SIZE = 300;
    const known = () =>
      hub.store.all().filter(application => application.deployed).length;

    beforeEach(() => {
      argocd.dumps = false;
      for (let index = 0; index < SIZE; index += 1) {
        argocd.put(named(`app-${index}`));
      }
    });

    it('shows what is listed, and reads the rest some at a time', async () => {
      let answer = () => {};
      argocd.beforeDetails = new Promise(resolve => {
        answer = resolve;
      });
      start(NO_RELIST);
      await until(() => names().length === SIZE);
      expect(known()).toBe(0);
      expect(hub.store.byName('app-7')[0]).toMatchObject({
        health: { status: 'Healthy' },
        sync: { status: 'Synced' },
      });

      argocd.detailsTakeMs = 5;
      answer();
      await until(() => known() === SIZE);
      expect(argocd.mostAtOnce).toBeGreaterThan(1);
      expect(argocd.mostAtOnce).toBeLessThanOrEqual(8);
      await hub.looked();
    });

    it('goes on where some cannot be read, and reads them after the next list', async () => {
      argocd.broken.add('app-3').add('app-250');
      start();
      await until(() => known() === SIZE - 2);
      await hub.looked();
      expect(names()).toHaveLength(SIZE);
      expect(source()?.state).not.toBe('unreachable');

      argocd.broken.clear();
      await until(() => known() === SIZE);
    });

    it('gives up where nothing can be read, and says so', async () => {
      for (let index = 0; index < SIZE; index += 1) {
        argocd.broken.add(`app-${index}`);
      }
      start({ ...NO_RELIST, firstMs: 60_000, mostMs: 60_000 });
      await untilState('unreachable');

      expect(names()).toHaveLength(SIZE);
      expect(argocd.count('/api/v1/applications/app-')).toBeLessThan(SIZE / 2);
    });
  });

  describe('after a lost event', () => {
    it.each<[string, Parameters<typeof argoJson>[0], object]>([
      [
        'that it is being deleted',
        { metadata: { deletionTimestamp: '2026-01-03T00:00:00Z' } },
        { deletedAt: '2026-01-03T00:00:00Z' },
      ],
      [
        'that it is not synced automatically any more',
        { spec: { syncPolicy: {} } },
        { automated: false, selfHeals: false },
      ],
      [
        'that drift is left as it is',
        { spec: { syncPolicy: { automated: { selfHeal: false } } } },
        { automated: true, selfHeals: false },
      ],
      [
        'what it is compared to',
        { status: { sync: { status: 'Synced', revision: SHA_2 } } },
        { sync: { revisions: [SHA_2] } },
      ],
    ])('notices by the next list %s', async (_, change, expected) => {
      argocd.put(argoJson());
      start();
      await untilState('ok');

      argocd.put(argoJson(change), 'lost');
      await until(() => argocd.count('/api/v1/applications/cart-dev-dev?') > 0);
      const lists = argocd.count('/applications?');
      await until(() => argocd.count('/applications?') > lists + 1);

      expect(cart()).toMatchObject(expected);
      expect(argocd.count('/api/v1/applications/cart-dev-dev?')).toBe(1);
    });
  });
});
