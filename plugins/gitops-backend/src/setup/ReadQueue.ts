import { type LoggerService } from '@backstage/backend-plugin-api';
import { InputError, isError } from '@backstage/errors';
import {
  RepositoryRefusedError,
  UpstreamError,
} from '@callboard/backstage-plugin-gitops-node';
import { WorkQueue } from '../applications/WorkQueue';
import { ArgocdError } from '../argocd/ArgocdError';
import { type Read, type ReadFailure } from './Read';

const READS_AT_ONCE = 6;
const TIMEOUT_MS = 10_000;

const LATE: ReadFailure = {
  kind: 'late',
  message: `It did not answer within ${TIMEOUT_MS / 1000} seconds.`,
};

/**
 * Reads from one system for checks: only so much at a time, none for longer
 * than ten seconds, and none that fails takes others along.
 */
export class ReadQueue {
  readonly #logger: LoggerService;
  readonly #queue = new WorkQueue(READS_AT_ONCE);

  constructor(logger: LoggerService) {
    this.#logger = logger;
  }

  /** @param doing - for the log, for example `reading the AppProject services-dev` */
  read<T>(
    doing: string,
    work: (signal: AbortSignal) => Promise<T>,
  ): Promise<Read<T>> {
    return this.#queue.run(async () => {
      const late = new AbortController();
      const timer = setTimeout(() => late.abort(), TIMEOUT_MS);
      try {
        return { value: await untilAborted(work(late.signal), late.signal) };
      } catch (error) {
        this.#logger.debug(`A check of the set-up failed while ${doing}`, {
          detail: isError(error) ? error.message : 'unknown',
        });
        return { failure: late.signal.aborted ? LATE : toFailure(error) };
      } finally {
        clearTimeout(timer);
      }
    });
  }
}

/** Not everything that is asked listens to a signal. */
async function untilAborted<T>(
  work: Promise<T>,
  signal: AbortSignal,
): Promise<T> {
  return Promise.race([
    work,
    new Promise<never>((_, reject) => {
      signal.addEventListener('abort', () => reject(signal.reason));
    }),
  ]);
}

function toFailure(error: unknown): ReadFailure {
  if (error instanceof ArgocdError) {
    const { failure } = error;
    const kind = failure === 'forbidden' ? 'unauthorised' : failure;
    return { kind, message: sentence(error.message) };
  }
  if (error instanceof UpstreamError) {
    const { failure } = error;
    return {
      kind: failure === 'failed' ? 'refused' : failure,
      message: sentence(error.message),
    };
  }
  if (error instanceof RepositoryRefusedError) {
    const { refusal } = error;
    const kind = refusal === 'no-permission' ? 'unauthorised' : 'refused';
    return {
      kind: refusal === 'missing' ? 'missing' : kind,
      message: sentence(error.message),
    };
  }
  if (error instanceof InputError) {
    return { kind: 'refused', message: sentence(error.message) };
  }
  return {
    kind: 'refused',
    message: 'It failed in an unexpected way; the log of the backend has more.',
  };
}

function sentence(words: string): string {
  return /[.!?]$/.test(words) ? words : `${words}.`;
}
