import {
  coreServices,
  createServiceFactory,
} from '@backstage/backend-plugin-api';
import { mockServices } from '@backstage/backend-test-utils';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import {
  type DeploymentHistory,
  type HistoryItem,
} from '@callboard/backstage-plugin-gitops-common';
import { type Knex } from 'knex';
import { ScriptedArgocd } from '../__testUtils__/ScriptedArgocd';
import { argocdBlock, gitopsBlock } from '../__testUtils__/environments';
import {
  component,
  type Gitops,
  startGitops,
} from '../__testUtils__/startGitops';
import { until } from '../__testUtils__/until';
import { DATABASES, Databases, openStore } from './__testUtils__/databases';
import { ago, cart, failedSync } from './__testUtils__/startObserving';

jest.setTimeout(60_000);

const APPLICATION = '/v1/deployments/main/argocd/cart-dev-dev';
const ENTITY = 'entityRef=component:default/cart';
const HOUR_MS = 3_600_000;

const databases = new Databases();

describe.each(DATABASES)('the history of a deployment, on %s', kind => {
  let argocd: ScriptedArgocd;
  let knex: Knex;
  let gitops: Gitops | undefined;

  beforeEach(async () => {
    argocd = await ScriptedArgocd.start();
    argocd.put(cart());
    knex = await databases.create(kind);
  });

  afterEach(async () => {
    await gitops?.stop();
    gitops = undefined;
    await argocd.stop();
  });

  async function start(
    options: Partial<Parameters<typeof startGitops>[0]> = {},
  ) {
    gitops = await startGitops({
      config: { gitops: gitopsBlock, argocd: argocdBlock(argocd.url, 't') },
      entities: [component('cart'), component('web')],
      features: [
        createServiceFactory({
          service: coreServices.database,
          deps: {},
          factory: () =>
            mockServices.database({ knex, migrations: { skip: false } }),
        }),
      ],
      ...options,
    });
    return gitops;
  }

  const ask = (query = '') =>
    gitops?.get(`${APPLICATION}/history?${ENTITY}${query}`);

  async function read(query = ''): Promise<DeploymentHistory> {
    const response = await ask(query);
    expect(response?.status).toBe(200);
    return response?.body;
  }

  function words(item: HistoryItem): string {
    switch (item.kind) {
      case 'sync':
      case 'life':
        return `${item.kind} ${item.outcome}`;
      case 'health':
        return `${item.kind} ${item.status}`;
      case 'gap':
        return `${item.kind} ${item.reason}`;
      default:
        return item satisfies never;
    }
  }

  /** The portal observed from three hours ago until two hours ago. */
  async function observedBefore() {
    const store = await openStore(knex);
    await store.observe([
      {
        id: 'before',
        instance: 'main',
        since: new Date(Date.now() - 3 * HOUR_MS).toISOString(),
        until: new Date(Date.now() - 1.5 * HOUR_MS).toISOString(),
        reason: 'not-running',
      },
    ]);
    return store;
  }

  it('is what Argo CD remembers, what was observed, and when nobody observed', async () => {
    const store = await observedBefore();
    await store.write([
      {
        application: 'main/argocd/cart-dev-dev',
        fact: 'sync/operation/x',
        at: new Date(Date.now() - 1.6 * HOUR_MS).toISOString(),
        observedAt: new Date(Date.now() - 1.6 * HOUR_MS).toISOString(),
        message: 'one or more objects failed to apply',
        what: {
          kind: 'sync',
          outcome: 'error',
          partial: false,
          revisions: [],
          images: [],
        },
      },
    ]);
    await start();
    argocd.put(cart(failedSync(ago(10))));

    const history = await until(read, ({ items }) =>
      items.some(it => it.kind === 'gap' && it.to),
    );
    const failed = await until(
      read,
      ({ items }) => words(items[0] as HistoryItem) === 'sync failed',
    );

    expect(failed.items.map(words)).toEqual([
      'sync failed',
      'gap not-running',
      'health Healthy',
      'sync succeeded',
      'sync succeeded',
      'sync error',
      'life created',
    ]);
    expect(failed.items[0]).toMatchObject({
      message: 'one or more objects failed to apply',
    });
    expect(Date.parse(history.observedSince ?? '')).toBeLessThan(
      Date.now() - 2.9 * HOUR_MS,
    );
    expect(failed.nextCursor).toBeUndefined();
  });

  it('comes page by page', async () => {
    await start();
    for (let n = 0; n < 130; n += 1) {
      argocd.put(cart(failedSync(ago(1_000 - n))));
    }
    await until(read, ({ nextCursor }) => nextCursor !== undefined);
    await until(
      async () => (await knex('observations')).length,
      length => length === 134,
    );

    const first = await read();
    const second = await read(`&cursor=${first.nextCursor}`);

    expect(first.items).toHaveLength(100);
    expect(second.items).toHaveLength(34);
    expect(second.nextCursor).toBeUndefined();
    expect(
      new Set([...first.items, ...second.items].map(({ id }) => id)).size,
    ).toBe(134);
    expect(second.items.map(words).slice(-2)).toEqual([
      'sync succeeded',
      'life created',
    ]);
  });

  it.each(['nonsense', 'eyJhdCI6MX0', 'e30'])(
    'refuses a cursor that is none: %s',
    async cursor => {
      await start();

      const response = await ask(`&cursor=${cursor}`);

      expect(response?.status).toBe(400);
      expect(response?.body.error.message).toContain('cursor');
    },
  );

  it('says since when nobody observes', async () => {
    await start();
    await until(read, ({ observedSince }) => observedSince !== undefined);
    await knex('observed_intervals').update({
      since: new Date(Date.now() - 2 * HOUR_MS),
      until: new Date(Date.now() - HOUR_MS),
    });
    argocd.status = 503;
    argocd.dropStreams();

    const { items, sources } = await until(read, ({ items: [newest] }) =>
      newest ? words(newest) === 'gap unreachable' : false,
    );

    expect(items[0]).not.toHaveProperty('to');
    expect(sources[0]).toMatchObject({ state: 'unreachable' });
  });

  it('is what Argo CD remembers, while the database does not answer', async () => {
    await start();
    await until(read, ({ observedSince }) => observedSince !== undefined);
    await knex.schema.dropTable('observations');

    const { items, sources, observedSince } = await read();

    expect(items.map(words)).toEqual([
      'health Healthy',
      'sync succeeded',
      'sync succeeded',
      'life created',
    ]);
    expect(observedSince).toBeUndefined();
    expect(sources[1]).toMatchObject({
      name: 'database',
      state: 'unreachable',
      message: expect.stringContaining('only what Argo CD remembers'),
    });
  });

  it('is for those only who may look into the deployment', async () => {
    await start({
      decide: permission => ({
        result:
          permission === 'gitops.deployment.detail.read'
            ? AuthorizeResult.DENY
            : AuthorizeResult.ALLOW,
      }),
    });

    const response = await ask();

    expect(response?.status).toBe(403);
    expect(response?.text).not.toContain('sync/');
  });

  it('is nothing of another entity', async () => {
    await start();

    const response = await gitops?.get(
      `${APPLICATION}/history?entityRef=component:default/web`,
    );

    expect(response?.status).toBe(404);
  });

  it('costs no call of Argo CD', async () => {
    await start();
    await read();
    const { length } = argocd.requests;

    await Promise.all(Array.from({ length: 10 }, () => read()));

    expect(argocd.requests).toHaveLength(length);
  });
});
