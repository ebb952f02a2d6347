import {
  type DatabaseService,
  type LoggerService,
  type SchedulerService,
} from '@backstage/backend-plugin-api';
import { type ApplicationHub } from '../applications/ApplicationHub';
import { ObservationRecorder } from './ObservationRecorder';
import { ObservationStore } from './ObservationStore';
import { ObservationWriter, type WriterTimings } from './ObservationWriter';
import { type Sight } from './deriveInterval';

/** So many observations wait in memory while the database is away. */
const MOST_WAITING = 20_000;

/** What writes down what happens to applications. */
export interface Observations {
  readonly store: ObservationStore;
  readonly recorder: ObservationRecorder;
  readonly writer: ObservationWriter;
  readonly retentionMs: number;
}

/**
 * Puts together what writes observations down, and has one replica forget those
 * that are older than the retention. Nothing is written before `writer.start`.
 */
export async function createObservations(options: {
  hub: ApplicationHub;
  database: DatabaseService;
  scheduler: SchedulerService;
  logger: LoggerService;
  retentionMs: number;
  /** Told how long after it happened something was seen. */
  onObserved?: (instance: string, lagMs: number) => void;
  mostWaiting?: number;
  timings?: Partial<WriterTimings>;
}): Promise<Observations> {
  const { hub, logger, retentionMs, scheduler } = options;
  const store = await ObservationStore.create(options.database);
  const recorder = new ObservationRecorder({
    applications: hub.store,
    healthMessageOf: application => hub.detailsOf(application).healthMessage,
    onObserved: options.onObserved ?? (() => {}),
    retentionMs,
    mostWaiting: options.mostWaiting ?? MOST_WAITING,
    now: Date.now,
  });
  hub.onApplicationChange(change => recorder.note(change));
  const writer = new ObservationWriter({
    recorder,
    store,
    logger,
    sights: () => sightsOf(hub),
    timings: options.timings,
  });
  await scheduler.scheduleTask({
    id: 'gitops-forget-observations',
    frequency: { hours: 1 },
    timeout: { minutes: 30 },
    initialDelay: { minutes: 5 },
    fn: async () => {
      const before = new Date(Date.now() - retentionMs).toISOString();
      const forgotten = await store.forgetBefore(before);
      logger.info('Observations older than the retention are forgotten', {
        before,
        forgotten,
      });
    },
  });
  return { store, recorder, writer, retentionMs };
}

function sightsOf(hub: ApplicationHub): Sight[] {
  const now = new Date().toISOString();
  return hub.instances.map(({ name, source, heardAt }) => ({
    instance: name,
    source,
    // An instance without applications has nothing to tell, and is silent.
    heardAt: hub.store.ofInstance(name).length === 0 ? now : heardAt,
  }));
}
