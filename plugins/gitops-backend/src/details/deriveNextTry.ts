import { type OperationRetry } from '@callboard/backstage-plugin-gitops-common';
import { type ArgoOperationState } from '../argocd/detailSchema';
import { parseGoDuration } from './parseGoDuration';

type Backoff = NonNullable<
  NonNullable<NonNullable<ArgoOperationState['operation']>['retry']>['backoff']
>;

/**
 * The try that an operation waits for. Argo CD has counted it already, and
 * leaves the operation `Running`, with the time at which the last try failed.
 */
export function deriveNextTry(
  state: ArgoOperationState,
): OperationRetry | undefined {
  const { phase, finishedAt, retryCount, operation } = state;
  if (phase !== 'Running' || !finishedAt) {
    return undefined;
  }
  const { limit, backoff } = operation?.retry ?? {};
  const number = Math.max(retryCount ?? 1, 1);
  const pause = pauseBefore(number, backoff ?? {});
  const failedAt = Date.parse(finishedAt);
  return {
    number,
    ...(limit && limit > 0 && { limit }),
    ...(pause !== undefined &&
      !Number.isNaN(failedAt) && {
        at: new Date(failedAt + pause).toISOString(),
      }),
  };
}

/**
 * In milliseconds: `NextRetryAt` of Argo CD's RetryStrategy
 * (pkg/apis/application/v1alpha1/types.go), with its usual values.
 */
function pauseBefore(number: number, backoff: Backoff): number | undefined {
  const first = parsePause(backoff.duration || '5s');
  const most = parsePause(backoff.maxDuration || '3m');
  if (first === undefined || most === undefined) {
    return undefined;
  }
  const pause = first * (backoff.factor ?? 2) ** number;
  return most > 0 ? Math.min(most, pause) : pause;
}

/** Without a unit it is seconds. */
function parsePause(text: string): number | undefined {
  return parseGoDuration(/^\d+$/.test(text) ? `${text}s` : text);
}
