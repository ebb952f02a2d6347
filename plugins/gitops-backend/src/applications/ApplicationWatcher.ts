import { type LoggerService } from '@backstage/backend-plugin-api';
import { type ArgocdClient } from '../argocd/ArgocdClient';
import { detailOf, failureOf } from '../argocd/ArgocdError';
import { type ArgocdTally, createTally } from '../argocd/ArgocdTally';
import { unhurriedly } from '../unhurriedly';
import { type Application } from './Application';
import { ApplicationCompleter } from './ApplicationCompleter';
import { type ApplicationStore } from './ApplicationStore';
import { type InstanceStatus } from './InstanceStatus';
import { type Backoff, backoffMs, pause } from './backoff';
import { isAsListed } from './isAsListed';
import { mapApplication } from './mapApplication';
import { reopenUntilHeard } from './reopenUntilHeard';

/** When a watcher looks, and how it comes back. */
export interface WatcherTimings extends Backoff {
  /** Between two lists; they notice what the stream has lost. */
  readonly relistMs: number;
  /** How long a stream may take to tell its first event. */
  readonly firstEventMs: number;
  /** After so long without any, another stream is opened. */
  readonly reopenMs: number;
  /** A stream that ended sooner than this counts as a failure. */
  readonly shortStreamMs: number;
}

const DEFAULT_TIMINGS: WatcherTimings = {
  firstMs: 1_000,
  mostMs: 30_000,
  relistMs: 5 * 60_000,
  firstEventMs: 2_000,
  reopenMs: 30_000,
  shortStreamMs: 10_000,
};

/** After so many short streams in a row, readers are told. */
const TOLERATED_SHORT_STREAMS = 3;

/**
 * Keeps the store up to date with one Argo CD instance.
 *
 * It opens the event stream, which first tells every application, and lists
 * them then and every few minutes: streams have no replay, so an event may get
 * lost. When the stream ends it comes back at once, and with growing pauses
 * where that fails. What was read stays in the store meanwhile.
 */
export class ApplicationWatcher {
  readonly #instance: string;
  readonly #client: ArgocdClient;
  readonly #store: ApplicationStore;
  readonly #status: InstanceStatus;
  readonly #logger: LoggerService;
  readonly #tally: ArgocdTally;
  readonly #timings: WatcherTimings;
  readonly #completer: ApplicationCompleter;
  readonly #stopping = new AbortController();
  #running: Promise<void> | undefined;
  /** Failures in a row. */
  #failures = 0;
  /** Streams in a row that did not last. */
  #shortStreams = 0;
  /** What changed since the running list was asked for. */
  #touched = new Set<string>();
  /** Of which nothing is known but what a list tells. */
  readonly #incomplete = new Set<string>();
  #noteLook = () => {};
  /** Resolves when all applications were listed, or could not be, once. */
  readonly looked = new Promise<void>(resolve => {
    this.#noteLook = resolve;
  });

  constructor(options: {
    instance: string;
    client: ArgocdClient;
    store: ApplicationStore;
    status: InstanceStatus;
    logger: LoggerService;
    tally?: ArgocdTally;
    timings?: WatcherTimings;
  }) {
    this.#instance = options.instance;
    this.#client = options.client;
    this.#store = options.store;
    this.#status = options.status;
    this.#logger = options.logger.child({ instance: options.instance });
    this.#tally = options.tally ?? createTally();
    this.#timings = options.timings ?? DEFAULT_TIMINGS;
    this.#completer = new ApplicationCompleter({
      ...options,
      logger: this.#logger,
    });
  }

  start(): void {
    this.#running ??= this.#run(this.#stopping.signal);
  }

  async stop(): Promise<void> {
    this.#stopping.abort();
    await this.#running;
  }

  async #run(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      try {
        await this.#follow(signal);
        this.#logger.debug('The event stream of Argo CD ended');
      } catch (error) {
        this.#noteFailure(error, signal);
      }
      const failures = Math.max(1, this.#failures, this.#shortStreams);
      await pause(backoffMs(this.#timings, failures), signal);
    }
  }

  #noteFailure(error: unknown, signal: AbortSignal): void {
    if (signal.aborted) {
      return;
    }
    this.#noteLook();
    this.#tally.failures += 1;
    this.#failures += 1;
    this.#shortStreams = 0;
    this.#status.fail(error);
    const level = this.#failures === 1 ? 'warn' : 'debug';
    this.#logger[level]('Argo CD could not be read', {
      failure: failureOf(error),
      detail: detailOf(error),
      failures: this.#failures,
    });
  }

  /** Follows the stream until it ends; throws where the instance can't be read. */
  async #follow(stopping: AbortSignal): Promise<void> {
    const connection = new AbortController();
    const signal = AbortSignal.any([stopping, connection.signal]);
    let confirmed = () => {};
    const firstByte = new Promise<void>(resolve => {
      confirmed = resolve;
    });
    const streaming = reopenUntilHeard(
      ({ signal: ending, onBytes }) =>
        this.#stream(ending, () => {
          onBytes();
          confirmed();
        }),
      { signal, patienceMs: this.#timings.reopenMs },
    );
    const listed = this.#listFirst(signal, firstByte);
    const listing = listed.then(applications =>
      this.#listAgainAndAgain(signal, { firstByte, applications }),
    );
    try {
      // However short a stream is, there is a list for it.
      await Promise.race([streaming.then(() => listed), listing]);
    } finally {
      connection.abort();
      await Promise.allSettled([streaming, listing]);
    }
  }

  async #stream(signal: AbortSignal, onFirstByte: () => void): Promise<void> {
    this.#tally.streams += 1;
    let alive = false;
    const onBytes = () => {
      alive = true;
      this.#status.heard();
      onFirstByte();
    };
    try {
      for await (const event of this.#client.watch({ signal, onBytes })) {
        this.#tally.events += 1;
        const application = mapApplication(this.#instance, event.application);
        this.#touched.add(application.id);
        this.#incomplete.delete(application.id);
        if (event.type === 'deleted') {
          this.#store.remove(application.id, { deleted: true });
        } else {
          this.#store.put(application);
        }
      }
    } catch (error) {
      // A stream that breaks off is followed by another, which tells whether
      // something is wrong.
      const isRefused = ['unauthorised', 'forbidden'].includes(
        failureOf(error),
      );
      if (!alive || isRefused) {
        throw error;
      }
    }
  }

  async #listFirst(
    signal: AbortSignal,
    firstByte: Promise<void>,
  ): Promise<number> {
    // Events that come while listing are newer than the list.
    const { firstEventMs } = this.#timings;
    await Promise.race([firstByte, pause(firstEventMs, signal)]);
    const applications = await this.#list(signal);
    // Counts until it has proved to last.
    this.#shortStreams += 1;
    return applications;
  }

  async #listAgainAndAgain(
    signal: AbortSignal,
    stream: { firstByte: Promise<void>; applications: number },
  ): Promise<void> {
    const { relistMs, shortStreamMs } = this.#timings;
    const { applications } = stream;
    let heard = false;
    const confirmed = stream.firstByte.then(() => {
      heard = true;
    });
    await pause(shortStreamMs, signal);
    if (signal.aborted) {
      return;
    }
    // With no application there is nothing to tell, not even headers.
    if (heard || applications === 0) {
      this.#shortStreams = 0;
    } else {
      this.#shortStreams = TOLERATED_SHORT_STREAMS;
      void confirmed.then(() => {
        this.#shortStreams = 0;
        this.#noteSuccess(applications);
      });
    }
    this.#noteSuccess(applications);
    while (!signal.aborted) {
      await pause(relistMs * (0.9 + Math.random() * 0.2), signal);
      if (!signal.aborted) {
        await this.#list(signal);
      }
    }
  }

  /** @returns how many applications there are. */
  async #list(signal: AbortSignal): Promise<number> {
    this.#touched = new Set();
    const items = await this.#client.list(signal);
    this.#status.heard();
    const ids = new Set<string>();
    const unlike: Application[] = [];
    for await (const item of unhurriedly(items)) {
      const listed = mapApplication(this.#instance, item);
      ids.add(listed.id);
      if (!this.#isKnown(listed)) {
        unlike.push(listed);
      }
    }
    for (const { id } of this.#store.ofInstance(this.#instance)) {
      if (!ids.has(id) && !this.#touched.has(id)) {
        this.#incomplete.delete(id);
        this.#store.remove(id);
      }
    }
    await this.#complete(unlike, signal);
    this.#tally.lists += 1;
    this.#noteLook();
    this.#noteSuccess(items.length);
    return items.length;
  }

  #noteSuccess(applications: number): void {
    if (this.#failures > 0) {
      this.#logger.info('Argo CD can be read again');
      this.#failures = 0;
    }
    if (this.#shortStreams >= TOLERATED_SHORT_STREAMS) {
      this.#status.withoutEvents();
      return;
    }
    this.#status.succeed(
      applications === 0
        ? `Argo CD (${
            this.#instance
          }) shows the portal no application at all: there is none, or its account may not get them.`
        : undefined,
    );
  }

  /**
   * Whether there is nothing to read of an application but what is known. What
   * is not known at all is shown as the list tells it until it is read.
   */
  #isKnown(listed: Application): boolean {
    const { id } = listed;
    if (this.#touched.has(id)) {
      return true;
    }
    const known = this.#store.get(id);
    if (!known || this.#incomplete.has(id)) {
      // Of the last operation a list tells too little to write it down.
      const { operation, ...others } = listed;
      this.#incomplete.add(id);
      this.#store.put(others);
      return false;
    }
    return isAsListed(known, listed);
  }

  async #complete(
    applications: readonly Application[],
    signal: AbortSignal,
  ): Promise<void> {
    const done = await this.#completer.complete(applications, {
      signal,
      isOutdated: ({ id }) => this.#touched.has(id),
    });
    done.forEach(id => this.#incomplete.delete(id));
  }
}
