import { setImmediate } from 'node:timers/promises';
import { type LoggerService } from '@backstage/backend-plugin-api';
import { isError } from '@backstage/errors';
import { type Backoff, backoffMs, pause } from '../applications/backoff';
import { Coverage } from './Coverage';
import { type Interval } from './Interval';
import { type ObservationRecorder } from './ObservationRecorder';
import { type ObservationStore } from './ObservationStore';
import { type Sight } from './deriveInterval';

/** The pace of a writer. */
export interface WriterTimings {
  /** Between two writes. */
  readonly writeMs: number;
  /** Between two looks whether the instances are observed. */
  readonly lookMs: number;
  /** After writes that failed. */
  readonly retries: Backoff;
  /** How long a stop may take for a last write. */
  readonly stopMs: number;
}

const DEFAULT_TIMINGS: WriterTimings = {
  writeMs: 1_000,
  lookMs: 5_000,
  retries: { firstMs: 1_000, mostMs: 15_000 },
  stopMs: 5_000,
};

/** Keeps a database that runs in this thread, as SQLite does, busy for some milliseconds. */
const OBSERVATIONS_AT_ONCE = 100;

/**
 * Writes what was noted, in batches, and again and again while the database is
 * away.
 *
 * All replicas write what they see, and the database keeps one of each. A
 * replica claims to have observed a time only when all that it saw until then
 * is written: what is lost with a replica that is killed lies in a gap, unless
 * another one saw it.
 */
export class ObservationWriter {
  readonly #recorder: ObservationRecorder;
  readonly #store: ObservationStore;
  readonly #logger: LoggerService;
  readonly #sights: () => readonly Sight[];
  readonly #timings: WriterTimings;
  readonly #coverage = new Coverage();
  readonly #stopping = new AbortController();
  /** Until when the newest interval of each instance is written, by its id. */
  #claimed = new Map<string, string>();
  #running: Promise<void> | undefined;
  /** Failures in a row. */
  #failures = 0;
  #failed = 0;
  #written = 0;
  /** How many were dropped when everything else was last written. */
  #droppedBefore = 0;
  #isLossTold = false;

  constructor(options: {
    recorder: ObservationRecorder;
    store: ObservationStore;
    logger: LoggerService;
    sights: () => readonly Sight[];
    timings?: Partial<WriterTimings>;
  }) {
    this.#recorder = options.recorder;
    this.#store = options.store;
    this.#logger = options.logger;
    this.#sights = options.sights;
    this.#timings = { ...DEFAULT_TIMINGS, ...options.timings };
  }

  /** How many observations were written by this replica. */
  get written(): number {
    return this.#written;
  }

  /** How many writes failed. */
  get failed(): number {
    return this.#failed;
  }

  start(): void {
    const { signal } = this.#stopping;
    this.#running ??= Promise.all([
      this.#lookAgainAndAgain(signal),
      this.#writeAgainAndAgain(signal),
    ]).then(() => {});
  }

  /** Writes what waits, if the database takes it in time. */
  async stop(): Promise<void> {
    this.#look();
    this.#stopping.abort();
    const inTime = new AbortController();
    const last = (async () => {
      await this.#running;
      await this.#write();
    })();
    await Promise.race([last, pause(this.#timings.stopMs, inTime.signal)]);
    inTime.abort();
  }

  async #lookAgainAndAgain(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      await pause(this.#timings.lookMs, signal);
      this.#look();
    }
  }

  #look(): void {
    if (!this.#isLosing()) {
      this.#coverage.look(this.#sights());
    } else if (!this.#isLossTold) {
      this.#isLossTold = true;
      this.#logger.error(
        'The database takes no observations and no more can wait: what happens now is not written down. Look at the database of the plugin gitops',
        { waiting: this.#recorder.backlog.size },
      );
    }
  }

  #isLosing(): boolean {
    return this.#recorder.backlog.dropped > this.#droppedBefore;
  }

  async #writeAgainAndAgain(signal: AbortSignal): Promise<void> {
    const { writeMs, retries } = this.#timings;
    while (!signal.aborted) {
      const failures = this.#failures;
      await pause(failures ? backoffMs(retries, failures) : writeMs, signal);
      if (!signal.aborted) {
        await this.#write();
      }
    }
  }

  async #write(): Promise<void> {
    // All that was seen until then is noted by now.
    const observed = this.#coverage.intervals();
    try {
      await this.#writeNoted();
      await this.#claim(observed);
    } catch (error) {
      this.#noteFailure(error);
      return;
    }
    if (this.#failures > 0) {
      this.#logger.info('Observations can be written again');
      this.#failures = 0;
    }
    if (this.#isLosing()) {
      this.#endLoss();
    }
  }

  async #writeNoted(): Promise<void> {
    const { backlog } = this.#recorder;
    while (!this.#recorder.isEmpty) {
      if (backlog.size < OBSERVATIONS_AT_ONCE) {
        this.#recorder.readSome();
      }
      const batch = backlog.batch(OBSERVATIONS_AT_ONCE);
      this.#written += (await this.#store.write(batch)).length;
      backlog.settle(batch);
      // People look at the fleet while it is written down.
      await setImmediate();
    }
  }

  async #claim(intervals: readonly Interval[]): Promise<void> {
    await this.#store.observe(
      intervals.filter(({ id, until }) => this.#claimed.get(id) !== until),
    );
    this.#claimed = new Map(intervals.map(({ id, until }) => [id, until]));
  }

  #noteFailure(error: unknown): void {
    this.#failures += 1;
    this.#failed += 1;
    const level = this.#failures === 1 ? 'warn' : 'debug';
    this.#logger[level](
      'Observations could not be written; they wait, and it is tried again',
      {
        // Not the message, which quotes what was to be written.
        code: isError(error) && error.code ? String(error.code) : 'unknown',
        waiting: this.#recorder.backlog.size,
        failures: this.#failures,
      },
    );
  }

  /** What was dropped may still be remembered by the applications. */
  #endLoss(): void {
    this.#droppedBefore = this.#recorder.backlog.dropped;
    this.#isLossTold = false;
    this.#coverage.interrupt(new Date().toISOString());
    this.#recorder.readAllAgain();
  }
}
