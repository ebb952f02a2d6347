import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  type Sandbox,
  SANDBOX_ARGOCD_TOKEN,
  startSandbox,
} from '@callboard/sandbox';
import { type Knex } from 'knex';
import { demoConfig } from '../__testUtils__/demoConfig';
import { type Replica, startReplica } from '../__testUtils__/startReplica';
import { until } from '../__testUtils__/until';
import { ArgocdWitness } from './__testUtils__/ArgocdWitness';
import { Databases } from './__testUtils__/databases';
import { deriveGaps } from './deriveGaps';

jest.setTimeout(300_000);

const databases = new Databases();

describe('replicas on one PostgreSQL', () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'gitops-backend-replicas-'));
  let sandbox: Sandbox;
  let witness: ArgocdWitness;
  let address: string;
  let knex: Knex;
  const replicas: Replica[] = [];

  beforeAll(async () => {
    sandbox = await startSandbox({
      dataDir,
      timings: {
        lookOutIntervalMs: 3_600_000,
        readyAfterMs: 50,
        progressDeadlineMs: 500,
      },
    });
    await sandbox.argocd.reconcileAll();
    witness = await ArgocdWitness.start(sandbox);
    address = await databases.postgres.createDatabase();
    knex = databases.connect(address);
  });

  afterAll(async () => {
    await Promise.all(replicas.map(replica => replica.kill()));
    witness?.stop();
    await sandbox?.stop();
    rmSync(dataDir, { recursive: true, force: true });
  });

  async function start(): Promise<Replica> {
    const replica = await startReplica(demoConfig(sandbox), address);
    replicas.push(replica);
    return replica;
  }

  /** What is written of syncs: `application id` or `application begin outcome`. */
  async function written(): Promise<string[]> {
    const rows = await knex('gitops.observations').where({ kind: 'sync' });
    return rows.map(({ application, fact, outcome, details }) => {
      const name = application.split('/')[2];
      const [, from, id] = fact.split('/');
      const { startedAt } = JSON.parse(details);
      return from === 'history'
        ? `${name} ${id}`
        : `${name} ${Date.parse(startedAt)} ${outcome}`;
    });
  }

  const untilWritten = () =>
    until(
      async () => (await written()).sort(),
      rows => rows.length >= witness.syncs().length,
      30_000,
    );

  it('write every sync once, also when one is killed in the middle', async () => {
    // Of two that make the tables of an empty database at the same moment one
    // may fail, in Backstage's own plugins as well.
    const first = await start();
    await start();
    await until(
      async () => (await knex('gitops.observed_intervals')).length === 2,
    );
    const before = witness.syncs().length;

    const burst = witness.syncAgainAndAgain(2);
    await until(() => witness.syncs().length > before + 4, Boolean, 120_000);
    await first.kill();
    const atKill = witness.syncs().length;
    await burst;

    expect(witness.syncs().length).toBeGreaterThan(atKill + 5);
    expect(witness.syncs().some(sync => sync.endsWith(' error'))).toBe(true);
    expect(await untilWritten()).toEqual(witness.syncs());
  });

  it('leave no gap where one takes the place of another', async () => {
    await start();
    await witness.syncAgainAndAgain(1);

    expect(await untilWritten()).toEqual(witness.syncs());
    expect(await gaps()).toEqual([]);
  });

  it('write what happened while none was there, and that none was', async () => {
    await Promise.all(replicas.map(replica => replica.kill()));
    await witness.syncAgainAndAgain(1);
    // As if that had been a minute ago.
    await knex.raw(
      `update gitops.observed_intervals set since = since - interval '1 minute', until = until - interval '1 minute'`,
    );

    await start();

    expect(await untilWritten()).toEqual(witness.syncs());
    await until(async () => (await gaps()).some(({ to }) => to));
    expect(await gaps()).toEqual([
      expect.objectContaining({
        reason: 'not-running',
        to: expect.any(String),
      }),
    ]);
  });

  it('log no secret', () => {
    for (const { log } of replicas) {
      expect(log).toContain('"plugin":"gitops"');
      expect(log).not.toContain(SANDBOX_ARGOCD_TOKEN);
      expect(log).not.toContain(new URL(address).password);
    }
  });

  async function gaps() {
    const rows = await knex('gitops.observed_intervals');
    return deriveGaps(
      rows.map(({ since, until: end, ...rest }) => ({
        ...rest,
        since: since.toISOString(),
        until: end.toISOString(),
      })),
      new Date().toISOString(),
      'not-running',
    );
  }
});
