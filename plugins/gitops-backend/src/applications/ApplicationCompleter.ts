import { type LoggerService } from '@backstage/backend-plugin-api';
import { type ArgocdClient } from '../argocd/ArgocdClient';
import { detailOf, failureOf } from '../argocd/ArgocdError';
import { type Application } from './Application';
import { type ApplicationStore } from './ApplicationStore';
import { WorkQueue } from './WorkQueue';
import { mapApplication } from './mapApplication';

const READS_AT_ONCE = 8;
/** An instance that fails so often in a row is away. */
const TOLERATED_FAILURES = 2 * READS_AT_ONCE;

/**
 * Reads applications of which a list tells a part only: it knows no history, no
 * conditions and no words.
 */
export class ApplicationCompleter {
  readonly #instance: string;
  readonly #client: ArgocdClient;
  readonly #store: ApplicationStore;
  readonly #logger: LoggerService;
  readonly #queue = new WorkQueue(READS_AT_ONCE);

  constructor(options: {
    instance: string;
    client: ArgocdClient;
    store: ApplicationStore;
    logger: LoggerService;
  }) {
    this.#instance = options.instance;
    this.#client = options.client;
    this.#store = options.store;
    this.#logger = options.logger;
  }

  /**
   * Reads them, some at a time. One that cannot be read stays as it is, until
   * it is asked for again.
   *
   * @param isOutdated - whether something newer came meanwhile.
   * @returns ids of those that were read.
   * @throws ArgocdError where the instance seems to be away.
   */
  async complete(
    applications: readonly Application[],
    options: {
      signal: AbortSignal;
      isOutdated: (application: Application) => boolean;
    },
  ): Promise<string[]> {
    const { signal, isOutdated } = options;
    const done: string[] = [];
    let failuresInARow = 0;
    let last: unknown;
    const isAway = () => failuresInARow >= TOLERATED_FAILURES;
    const read = async (application: Application) => {
      if (signal.aborted || isAway() || isOutdated(application)) {
        return;
      }
      try {
        const whole = await this.#client.get(application);
        failuresInARow = 0;
        if (!isOutdated(application)) {
          this.#store.put(mapApplication(this.#instance, whole));
        }
        done.push(application.id);
      } catch (error) {
        this.#noteFailure(application, error);
        if (isOfInstance(error)) {
          failuresInARow += 1;
          last = error;
        }
      }
    };
    await Promise.all(
      applications.map(each => this.#queue.run(() => read(each))),
    );
    if (isAway()) {
      throw last;
    }
    return done;
  }

  #noteFailure({ id }: Application, error: unknown): void {
    // It may be gone meanwhile, or not ours to read.
    this.#logger.debug('An application of Argo CD could not be read', {
      application: id,
      failure: failureOf(error),
      detail: detailOf(error),
    });
  }
}

/** Whether it says more of the instance than of the application. */
function isOfInstance(error: unknown): boolean {
  const failure = failureOf(error);
  return failure === 'unreachable' || failure === 'limited';
}
