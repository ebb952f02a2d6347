import { mockServices } from '@backstage/backend-test-utils';
import { type Knex } from 'knex';
import { ScriptedArgocd } from '../__testUtils__/ScriptedArgocd';
import { SHA_2 } from '../__testUtils__/argoApplication';
import { until } from '../__testUtils__/until';
import { Databases, openStore } from './__testUtils__/databases';
import { ago, cart, startObserving } from './__testUtils__/startObserving';

jest.setTimeout(60_000);

const databases = new Databases();

/** As many as Argo CD keeps, one a minute. */
function deployments(count: number): object[] {
  return Array.from({ length: count }, (_, id) => ({
    id,
    revision: SHA_2,
    source: { repoURL: 'http://localhost:7080/acme/cart' },
    deployedAt: ago(3_600 - id * 60),
  }));
}

/** How many rows a database is given in each turn of the event loop. */
class TurnsOfWriting {
  readonly rows: number[] = [];
  #timer: NodeJS.Immediate | undefined;

  constructor(knex: Knex) {
    this.#begin();
    knex.on('query', ({ sql }: { sql: string }) => {
      const [, values] = sql.split('insert into `observations` ');
      const rows = values?.match(/select \?|\(\?/g) ?? [];
      this.rows[this.rows.length - 1] = (this.rows.at(-1) ?? 0) + rows.length;
    });
  }

  stop(): void {
    clearImmediate(this.#timer);
  }

  #begin(): void {
    this.rows.push(0);
    this.#timer = setImmediate(() => this.#begin());
  }
}

describe('a fleet that is seen for the first time', () => {
  let argocd: ScriptedArgocd;
  let replica: Awaited<ReturnType<typeof startObserving>>;

  beforeEach(async () => {
    argocd = await ScriptedArgocd.start();
  });

  afterEach(async () => {
    await replica.stop();
    await argocd.stop();
  });

  it('is written down little by little: others have the thread in between', async () => {
    const healthy = cart({ history: deployments(10) });
    for (let n = 0; n < 300; n += 1) {
      const metadata = { ...healthy.metadata, name: `cart-${n}` };
      argocd.put({ ...healthy, metadata });
    }
    // A database in the same process, which never makes anybody wait.
    const knex = await databases.create('SQLite');
    const store = await openStore(knex);
    const turns = new TurnsOfWriting(knex);

    replica = await startObserving({
      argocd,
      knex,
      logger: mockServices.logger.mock(),
      mostWaiting: 300,
    });
    await until(() => replica.recorder.isEmpty);
    turns.stop();

    const [last] = await store.read(['main/argocd/cart-299'], { limit: 1 });
    expect(last?.what).toEqual({ kind: 'health', outcome: 'Healthy' });
    // Of each the creation, ten syncs and the health.
    expect(turns.rows.reduce((sum, rows) => sum + rows)).toBe(12 * 300);
    expect(replica.recorder.backlog.dropped).toBe(0);
    expect(Math.max(...turns.rows)).toBeLessThanOrEqual(100);
  });
});
