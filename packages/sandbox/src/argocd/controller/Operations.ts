import { setTimeout as sleep } from 'node:timers/promises';
import { keyOf, type ResourceRef, timestamp } from '../../cluster/KubeObject';
import {
  type Application,
  type Operation,
  type OperationState,
  type RetryStrategy,
  sourceOf,
} from '../Application';
import { type Clusters } from '../Clusters';
import { auditCompletion } from '../audit';
import { type Attempt, type SyncAttempts } from './SyncAttempts';
import { finishedOperation } from './finishedOperation';
import { defined, updateApplication, withStatus } from './updateApplication';

/** Runs what stands in `.operation` of Applications, one per application, with retries. */
export class Operations {
  readonly #clusters: Clusters;
  readonly #attempts: SyncAttempts;
  readonly #running = new Map<
    string,
    { abort: AbortController; done: Promise<void> }
  >();

  constructor(clusters: Clusters, attempts: SyncAttempts) {
    this.#clusters = clusters;
    this.#attempts = attempts;
  }

  get size(): number {
    return this.#running.size;
  }

  /** Starts the operation of an Application unless it runs already. */
  start(ref: ResourceRef): void {
    const key = keyOf(ref);
    if (this.#running.has(key)) return;
    const abort = new AbortController();
    const done = this.#run(ref, abort.signal)
      .catch(() => undefined)
      .finally(() => this.#running.delete(key));
    this.#running.set(key, { abort, done });
  }

  /** False if there is nothing to terminate. */
  terminate(ref: ResourceRef): boolean {
    const running = this.#running.get(keyOf(ref));
    if (!running) return false;
    this.#update(ref, {
      phase: 'Terminating',
      message: 'operation is terminating',
    });
    running.abort.abort();
    return true;
  }

  async idle(): Promise<void> {
    await Promise.all([...this.#running.values()].map(({ done }) => done));
  }

  async stop(): Promise<void> {
    for (const { abort } of this.#running.values()) abort.abort('stopping');
    await this.idle();
  }

  async #run(ref: ResourceRef, signal: AbortSignal): Promise<void> {
    // Whoever set the operation answers with it before anything is done about it.
    await sleep(0);
    const application = this.#clusters.control.get(ref) as
      | Application
      | undefined;
    const operation = application?.operation;
    if (!application || !operation) return;
    const startedAt = timestamp(Date.now());
    this.#update(ref, {
      operation,
      phase: 'Running',
      startedAt,
      syncResult: {
        source: sourceOf(application),
        ...startedResult(operation),
      },
    });
    const attempt = await this.#tryAll(ref, operation, signal);
    if (signal.reason === 'stopping') return;
    const { control } = this.#clusters;
    const finished = updateApplication(control, ref, current =>
      finishedOperation(current, attempt, Date.now()),
    );
    const state = finished?.status?.operationState;
    if (finished && state) auditCompletion(control, finished, state);
  }

  async #tryAll(
    ref: ResourceRef,
    operation: Operation,
    signal: AbortSignal,
  ): Promise<Attempt> {
    for (let tries = 0; ; tries++) {
      const attempt = await this.#attempts.sync(ref, operation, {
        signal,
        progress: (message, resources) =>
          this.#update(ref, {
            message,
            ...(resources?.length
              ? { syncResult: { ...startedResult(operation), resources } }
              : {}),
          }),
      });
      const failed = attempt.phase === 'Failed' || attempt.phase === 'Error';
      const limit = operation.retry?.limit ?? 0;
      if (!failed || signal.aborted || (limit >= 0 && tries >= limit)) {
        return withTries(attempt, failed ? tries : 0);
      }
      const announced = Date.now() + retryDelayMs(operation.retry, tries);
      const at = new Date(announced).toLocaleTimeString('en-US', {
        hour: 'numeric',
        minute: '2-digit',
      });
      this.#update(ref, {
        phase: 'Running',
        finishedAt: timestamp(Date.now()),
        retryCount: tries + 1,
        message: `${attempt.message}. Retrying attempt #${
          tries + 1
        } at ${at.replace(' ', '')}.`,
        syncResult: attempt.syncResult,
      });
      // It says the time before it has counted the retry, and then waits longer.
      const delay = retryDelayMs(operation.retry, tries + 1);
      await sleep(delay, undefined, { signal, ref: false }).catch(() => {});
      if (signal.aborted) {
        return { ...attempt, phase: 'Failed', message: 'Operation terminated' };
      }
      this.#update(ref, {
        message: `Retrying operation. Attempt #${tries + 1}`,
        finishedAt: undefined,
        syncResult: undefined,
      });
    }
  }

  #update(ref: ResourceRef, state: Partial<OperationState>): void {
    updateApplication(this.#clusters.control, ref, current =>
      withStatus(current, {
        operationState: defined({
          ...(current.status?.operationState as OperationState),
          ...state,
        }),
      }),
    );
  }
}

function startedResult({ sync }: Operation): OperationState['syncResult'] {
  return defined({ revision: sync?.revision, source: sync?.source });
}

/** A message says how often it was tried in vain (`processRequestedAppOperation` in controller/appcontroller.go). */
function withTries(attempt: Attempt, tries: number): Attempt {
  return tries > 0
    ? { ...attempt, message: `${attempt.message} (retried ${tries} times).` }
    : attempt;
}

/** Argo CD's defaults: 5 s, doubled each time, 3 minutes at most. */
function retryDelayMs(retry: RetryStrategy | undefined, tries: number): number {
  const {
    duration = '5s',
    factor = 2,
    maxDuration = '3m',
  } = retry?.backoff ?? {};
  return Math.min(
    durationMs(duration) * factor ** tries,
    durationMs(maxDuration),
  );
}

function durationMs(text: string): number {
  const units: Record<string, number> = {
    ms: 1,
    s: 1_000,
    m: 60_000,
    h: 3_600_000,
  };
  const parts = [...text.matchAll(/(\d+(?:\.\d+)?)(ms|s|m|h)?/g)];
  return parts.reduce(
    (total, [, number, unit = 's']) =>
      total + Number(number) * (units[unit] ?? 1_000),
    0,
  );
}
