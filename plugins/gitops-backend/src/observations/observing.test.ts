import { mockServices } from '@backstage/backend-test-utils';
import { type Knex } from 'knex';
import { ScriptedArgocd } from '../__testUtils__/ScriptedArgocd';
import { until } from '../__testUtils__/until';
import { type ObservationStore } from './ObservationStore';
import { DATABASES, Databases, openStore } from './__testUtils__/databases';
import {
  ago,
  cart,
  failedSync,
  startObserving,
} from './__testUtils__/startObserving';
import { deriveGaps } from './deriveGaps';

jest.setTimeout(60_000);
// The times of a test's Argo CD are counted from one now.
const NOW = Date.now();

const CART = 'main/argocd/cart-dev-dev';
const FROM_THE_START = [
  'health Healthy',
  'sync succeeded',
  'sync succeeded',
  'life created',
];

const databases = new Databases();

describe('observing', () => {
  let argocd: ScriptedArgocd;
  let knex: Knex;
  let store: ObservationStore;
  let logger: ReturnType<typeof mockServices.logger.mock>;
  const running: Awaited<ReturnType<typeof startObserving>>[] = [];
  const healthy = cart();

  beforeEach(async () => {
    logger = mockServices.logger.mock();
    logger.child.mockReturnValue(logger);
    argocd = await ScriptedArgocd.start();
    argocd.put(healthy);
  });

  afterEach(async () => {
    await Promise.all(running.splice(0).map(replica => replica.stop()));
    await argocd.stop();
  });

  async function open(database: Knex) {
    knex = database;
    store = await openStore(knex);
  }

  async function start(options: { mostWaiting?: number } = {}) {
    const replica = await startObserving({ argocd, knex, logger, ...options });
    running.push(replica);
    return replica;
  }

  /** A sync fails; each another one. */
  const fail = (startedAt: string) =>
    argocd.put({
      ...healthy,
      status: { ...healthy.status, ...failedSync(startedAt) },
    });

  const seen = async () =>
    (await store.read([CART], { limit: 1_000 })).map(
      ({ what }) => `${what.kind} ${what.outcome}`,
    );
  const untilSeen = (expected: string[]) =>
    until(seen, found => JSON.stringify(found) === JSON.stringify(expected));
  const intervals = () => store.intervals('main', '2020-01-01T00:00:00Z');
  const gaps = async () =>
    deriveGaps(await intervals(), new Date().toISOString(), 'unreachable');

  describe.each(DATABASES)('with %s', kind => {
    beforeEach(async () => open(await databases.create(kind)));

    it('keeps no credentials, neither in memory nor in the database', async () => {
      const source = { repoURL: 'https://maya:s3cret@git.acme.test/acme/cart' };
      const started = ago(10);
      argocd.put({
        ...healthy,
        metadata: {
          ...healthy.metadata,
          annotations: { ...healthy.metadata.annotations, hook: 's3cret' },
        },
        spec: {
          ...healthy.spec,
          source: { ...healthy.spec.source, ...source },
        },
        status: {
          ...healthy.status,
          history: healthy.status.history.map(entry => ({ ...entry, source })),
          operationState: {
            ...failedSync(started).operationState,
            message: `cannot read ${source.repoURL}`,
            syncResult: { revision: '1'.repeat(40), source },
          },
        },
      } as typeof healthy);
      const { hub } = await start();
      await untilSeen(['sync failed', ...FROM_THE_START]);

      const rows = await knex('observations').select();
      const kept = JSON.stringify([rows, hub.store.all()]);
      expect(kept).not.toContain('s3cret');
      expect(kept).toContain('https://git.acme.test/acme/cart');
      expect(hub.store.byRepositoryPath('acme/cart')).toHaveLength(1);
    });

    it('writes what Argo CD remembers, and then what happens', async () => {
      await start();
      await untilSeen(FROM_THE_START);

      fail(ago(10));
      await untilSeen(['sync failed', ...FROM_THE_START]);

      argocd.remove('cart-dev-dev');
      await until(seen, found => found.includes('life removed'));
      expect(await seen()).toHaveLength(FROM_THE_START.length + 2);
    });

    it('writes once what two replicas see', async () => {
      await start();
      await start();
      for (let n = 0; n < 20; n += 1) {
        fail(ago(100 - n));
      }

      await until(
        () => running.reduce((sum, { writer }) => sum + writer.written, 0),
        written => written === 20 + FROM_THE_START.length,
      );
      await until(() => running.every(({ recorder }) => recorder.isEmpty));
      expect(await seen()).toHaveLength(20 + FROM_THE_START.length);
    });

    it('adds why an application is not healthy', async () => {
      await start();

      argocd.put(
        cart({
          health: { status: 'Degraded', lastTransitionTime: ago(0) },
          resources: [
            {
              kind: 'Deployment',
              name: 'cart',
              health: { status: 'Degraded', message: 'image is unknown' },
            },
          ],
        }),
      );

      const [newest] = await until(
        () => store.read([CART], { limit: 1 }),
        found => found[0]?.message !== undefined,
      );
      expect(newest).toMatchObject({
        message: 'Deployment cart: image is unknown',
        what: { kind: 'health', outcome: 'Degraded' },
      });
    });

    it('leaves out what is older than is kept, and what is yet to come', async () => {
      argocd.put(
        cart({
          history: [{ id: 0, deployedAt: '2020-01-01T00:00:00Z' }],
          health: {
            status: 'Degraded',
            lastTransitionTime: '2199-01-01T00:00:00Z',
          },
        }),
      );
      await start();

      await until(seen, found => found.length > 0);
      expect(await seen()).toEqual(['life created']);
    });

    it('claims the time that it observed, and a restart leaves no gap', async () => {
      const first = await start();
      await until(intervals, found => found.length === 1);
      await first.stop();

      await start();

      const [second] = await until(intervals, found => found.length === 2);
      expect(second).toMatchObject({ instance: 'main', reason: 'not-running' });
      expect(Date.parse(second?.since ?? '')).toBeGreaterThan(NOW);
      expect(await gaps()).toEqual([]);
    });
  });

  it('has one replica forget what is older than is kept', async () => {
    await open(await databases.create('SQLite'));
    const scheduler = mockServices.scheduler.mock();
    const old = new Date(NOW - 181 * 24 * 3_600_000).toISOString();
    const recent = new Date(NOW - 179 * 24 * 3_600_000).toISOString();
    await store.write(
      [old, recent].map(at => ({
        application: CART,
        fact: at,
        at,
        observedAt: at,
        what: { kind: 'life', outcome: 'created' },
      })),
    );
    running.push(await startObserving({ argocd, knex, logger, scheduler }));

    const [[task]] = scheduler.scheduleTask.mock.calls as [
      Parameters<typeof scheduler.scheduleTask>,
    ];
    await task.fn(new AbortController().signal);

    expect(task).toMatchObject({ id: 'gitops-forget-observations' });
    expect(task).not.toMatchObject({ scope: 'local' });
    const facts = (await store.read([CART], { limit: 100 })).map(it => it.fact);
    expect(facts).toContain(recent);
    expect(facts).not.toContain(old);
  });

  describe('while PostgreSQL is away', () => {
    let address: string;

    beforeEach(async () => {
      address = await databases.postgres.createDatabase();
      await open(databases.connect(address));
    });

    async function goAway() {
      await databases.postgres.allowConnections(address, false);
      await databases.postgres.disconnectAll(address);
    }

    async function comeBack() {
      await databases.postgres.allowConnections(address, true);
      // The test's own connections are broken, too.
      store = await openStore(databases.connect(address));
    }

    it('goes on watching, and writes everything when it is back', async () => {
      const { hub, writer } = await start();
      await untilSeen(FROM_THE_START);
      await until(intervals, found => found.length === 1);

      await goAway();
      for (let n = 0; n < 20; n += 1) {
        fail(ago(100 - n));
      }
      await until(() => hub.store.get(CART)?.operation?.phase === 'Failed');
      await until(() => writer.failed > 2);
      await comeBack();
      const backAt = new Date().toISOString();
      argocd.put(healthy);

      await until(seen, found => found.length === 24);
      const [interval, ...others] = await until(
        intervals,
        ([newest]) => newest !== undefined && newest.until >= backAt,
        20_000,
      );
      expect(others).toEqual([]);
      expect(interval?.since).toMatch(/Z$/);
      const warnings = logger.warn.mock.calls.filter(([text]) =>
        text.startsWith('Observations could not be written'),
      );
      expect(warnings).toHaveLength(1);
      expect(JSON.stringify(warnings)).not.toContain('failed to apply');
      expect(logger.info).toHaveBeenCalledWith(
        'Observations can be written again',
      );
    });

    it('drops what is too much, says so, and claims nothing of that time', async () => {
      const { recorder } = await start({ mostWaiting: 10 });
      await untilSeen(FROM_THE_START);
      const [before] = await until(intervals, found => found.length === 1);

      await goAway();
      for (let n = 0; n < 20; n += 1) {
        fail(ago(100 - n));
      }
      await until(() => recorder.backlog.dropped === 10);
      await until(() => logger.error.mock.calls.length > 0);
      expect(logger.error.mock.calls[0]).toEqual([
        expect.stringContaining('what happens now is not written down'),
        { waiting: 10 },
      ]);
      await comeBack();

      // The last one is remembered by the application.
      await until(seen, found => found.length === 15);
      const [after] = await until(
        intervals,
        ([newest]) => newest?.reason === 'not-written',
      );
      expect(after?.id).not.toBe(before?.id);
      expect(Date.parse(after?.since ?? '')).toBeGreaterThan(
        Date.parse((await intervals())[1]?.until ?? ''),
      );
    });
  });
});
