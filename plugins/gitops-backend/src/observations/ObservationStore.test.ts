import { type Knex } from 'knex';
import { type Interval } from './Interval';
import {
  type ObservationStore,
  type SeenObservation,
} from './ObservationStore';
import { DATABASES, Databases, openStore } from './__testUtils__/databases';

const CART = 'main/argocd/cart';
const WEB = 'main/argocd/web';

function observation(
  fact: string,
  changes: Partial<SeenObservation> = {},
): SeenObservation {
  return {
    application: CART,
    fact,
    at: '2026-11-01T10:00:00.000Z',
    observedAt: '2026-11-01T10:00:01.500Z',
    what: { kind: 'health', outcome: 'Degraded' },
    ...changes,
  };
}

function interval(changes: Partial<Interval> = {}): Interval {
  return {
    id: '5f6e9b1e-0c1f-4f7e-8d5e-1f0c6a7b8c9d',
    instance: 'main',
    since: '2026-11-01T10:00:00.000Z',
    until: '2026-11-01T11:00:00.000Z',
    reason: 'not-running',
    ...changes,
  };
}

const databases = new Databases();

describe.each(DATABASES)('ObservationStore on %s', kind => {
  let knex: Knex;
  let store: ObservationStore;

  beforeEach(async () => {
    knex = await databases.create(kind);
    store = await openStore(knex);
  });

  const readAll = (applications = [CART]) =>
    store.read(applications, { limit: 10_000 });

  it('gives back what was written', async () => {
    const sync = observation('sync/operation/1', {
      message: 'one or more "objects" failed; ✗ 中 \\ \' $1 ?',
      what: {
        kind: 'sync',
        outcome: 'failed',
        startedAt: '2026-11-01T09:59:00.000Z',
        partial: false,
        revisions: [{ kind: 'git', repo: 'https://git.test/cart', value: 'a' }],
        images: ['ghcr.io/acme/cart:1.0.7'],
        by: 'user:default/maya\u0000',
      },
    });

    await store.write([sync]);

    expect(await readAll()).toEqual([sync]);
  });

  it('keeps one of what several replicas write at the same time', async () => {
    const all = Array.from({ length: 1_200 }, (_, n) => observation(`f${n}`));
    const replicas = await Promise.all([
      store,
      openStore(knex),
      openStore(knex),
    ]);

    const written = await Promise.all([
      replicas[0].write(all),
      replicas[1].write([...all].reverse()),
      replicas[2].write(all.slice(300)),
    ]);

    expect(await readAll()).toHaveLength(all.length);
    expect(written.flat()).toHaveLength(all.length);
    expect(new Set(written.flat().map(({ fact }) => fact)).size).toBe(
      all.length,
    );
  });

  it('adds a message that came later, and replaces none', async () => {
    await store.write([observation('a'), observation('b', { message: 'x' })]);

    const explained = await store.write([
      observation('a', { message: 'image is unknown' }),
      observation('b', { message: 'other' }),
    ]);
    await store.write([observation('a')]);

    expect(explained.map(({ fact }) => fact)).toEqual(['a']);
    expect(
      (await readAll()).map(({ fact, message }) => [fact, message]),
    ).toEqual([
      ['b', 'x'],
      ['a', 'image is unknown'],
    ]);
  });

  it('reads page by page, also what happened in the same second', async () => {
    const all = Array.from({ length: 25 }, (_, n) =>
      observation(`f${String(n).padStart(2, '0')}`, {
        at: `2026-11-01T10:00:0${Math.floor(n / 10)}.000Z`,
        application: n % 2 ? CART : WEB,
      }),
    );
    await store.write(all);
    await store.write([observation('other', { application: 'us/argocd/x' })]);

    const read: SeenObservation[] = [];
    for (;;) {
      const page = await store.read([CART, WEB], {
        before: read.at(-1),
        limit: 7,
      });
      read.push(...page);
      if (page.length < 7) {
        break;
      }
    }

    expect(read.map(({ fact }) => fact)).toEqual(
      all.map(({ fact }) => fact).reverse(),
    );
  });

  it('extends intervals, and tells since when there are some', async () => {
    expect(await store.observedSince('main')).toBeUndefined();

    await store.observe([interval(), interval({ id: 'u', instance: 'us' })]);
    const longer = interval({ until: '2026-11-01T12:00:00.000Z' });
    await store.observe([longer]);
    await store.observe([]);

    expect(await store.intervals('main', '2026-11-01T12:00:00.000Z')).toEqual([
      longer,
    ]);
    expect(await store.intervals('main', '2026-11-01T12:00:00.001Z')).toEqual(
      [],
    );
    expect(await store.observedSince('main')).toBe('2026-11-01T10:00:00.000Z');
  });

  it('forgets what is older, and nothing else', async () => {
    const time = '2026-11-01T11:00:00.001Z';
    await store.write([
      observation('old', { at: '2026-11-01T11:00:00.000Z' }),
      observation('new', { at: time }),
    ]);
    await store.observe([
      interval(),
      interval({ id: 'new', until: '2026-11-01T12:00:00.000Z' }),
    ]);

    expect(await store.forgetBefore(time)).toBe(1);

    expect((await readAll()).map(({ fact }) => fact)).toEqual(['new']);
    expect(await store.intervals('main', '2026-01-01T00:00:00Z')).toEqual([
      expect.objectContaining({ id: 'new' }),
    ]);
  });

  it('finds a page by an index', async () => {
    const plan =
      kind === 'SQLite'
        ? `explain query plan select * from observations where application = 'x' order by at desc, fact desc limit 5`
        : `set enable_seqscan = off; explain select * from observations where application = 'x' order by at desc, fact desc limit 5`;

    expect(JSON.stringify(await knex.raw(plan))).toContain(
      'observations_history_idx',
    );
  });

  it('can be taken back to before', async () => {
    await knex.migrate.rollback({
      directory: `${__dirname}/../../migrations`,
    });

    expect(await knex.schema.hasTable('observations')).toBe(false);
  });
});
