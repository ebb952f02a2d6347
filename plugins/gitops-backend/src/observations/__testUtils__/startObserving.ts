import {
  type LoggerService,
  type SchedulerService,
} from '@backstage/backend-plugin-api';
import { mockServices } from '@backstage/backend-test-utils';
import { type Knex } from 'knex';
import { type ScriptedArgocd } from '../../__testUtils__/ScriptedArgocd';
import { argoJson, SHA_2 } from '../../__testUtils__/argoApplication';
import { ApplicationHub } from '../../applications/ApplicationHub';
import { createObservations } from '../createObservations';

const TIMINGS = {
  writeMs: 20,
  lookMs: 50,
  retries: { firstMs: 20, mostMs: 100 },
  stopMs: 500,
};
const WATCHER_TIMINGS = {
  firstMs: 20,
  mostMs: 100,
  relistMs: 60_000,
  firstEventMs: 100,
  reopenMs: 1_000,
  shortStreamMs: 100,
};

/** What observes, without the rest of the backend: one replica. */
export async function startObserving(options: {
  argocd: ScriptedArgocd;
  knex: Knex;
  logger: LoggerService;
  mostWaiting?: number;
  scheduler?: SchedulerService;
}) {
  const { argocd, knex, logger, mostWaiting } = options;
  const { scheduler = mockServices.scheduler.mock() } = options;
  const hub = new ApplicationHub({
    instances: [
      {
        name: 'main',
        url: 'https://argocd.acme.test',
        apiUrl: argocd.url,
        auth: { token: 'a.b.c' },
      },
    ],
    logger,
    timings: WATCHER_TIMINGS,
  });
  const observations = await createObservations({
    hub,
    database: mockServices.database({ knex, migrations: { skip: false } }),
    scheduler,
    logger,
    retentionMs: 180 * 24 * 60 * 60_000,
    mostWaiting,
    timings: TIMINGS,
  });
  hub.start();
  observations.writer.start();
  await hub.looked();
  return {
    hub,
    ...observations,
    async stop() {
      await hub.stop();
      await observations.writer.stop();
    },
  };
}

const NOW = Date.now();

/** Some seconds before the tests began, as Argo CD writes it. */
export function ago(seconds: number): string {
  const time = new Date(NOW - seconds * 1_000);
  return `${time.toISOString().slice(0, 19)}Z`;
}

/** The application `cart-dev-dev`: two hours old, deployed twice, healthy. */
export function cart(status: object = {}) {
  return argoJson({
    metadata: { creationTimestamp: ago(7_200) },
    status: {
      history: [0, 1].map(id => ({
        id,
        revision: SHA_2,
        source: { repoURL: 'http://localhost:7080/acme/cart' },
        deployStartedAt: ago(3_600 - id * 60),
        deployedAt: ago(3_590 - id * 60),
      })),
      health: { status: 'Healthy', lastTransitionTime: ago(3_000) },
      ...status,
    },
  });
}

/** The status after a sync that failed, later than anything that a test does. */
export function failedSync(startedAt: string) {
  return {
    operationState: {
      phase: 'Failed',
      message: 'one or more objects failed to apply',
      startedAt,
      finishedAt: ago(-300),
    },
  };
}
