import { type Source } from '@callboard/backstage-plugin-gitops-common';
import { type Liveness } from './PulseListener';

const FAILED_MS = 15_000;
const WITHOUT_SIGNALS_MS = 30_000;
const INCOMPLETE_MS = 30_000;
const UNTOLD_MS = 5 * 60_000;

/**
 * After how many milliseconds an answer is asked for again without a reason.
 *
 * While signals are heard they tell when it changes, so that this is for what
 * they cannot tell: that our own backend is back, that a repository can be read
 * again, and, without webhooks, what happens in one: hence the long interval.
 */
export function refreshInterval(state: {
  readonly liveness: Liveness;
  readonly failed: boolean;
  readonly sources?: readonly Source[];
}): number {
  if (state.failed) {
    return FAILED_MS;
  }
  if (state.liveness !== 'live') {
    return WITHOUT_SIGNALS_MS;
  }
  return state.sources?.some(({ state: it }) => it !== 'ok')
    ? INCOMPLETE_MS
    : UNTOLD_MS;
}
