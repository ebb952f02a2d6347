import { type Source } from '@callboard/backstage-plugin-gitops-common';

const FAILED_MS = 15_000;
const WITHOUT_SIGNALS_MS = 30_000;
const INCOMPLETE_MS = 30_000;
const LOST_SIGNALS_MS = 5 * 60_000;

/**
 * After how many milliseconds an answer is asked for again without a reason.
 *
 * Signals tell when it changes, so that this is for what they cannot tell: that
 * our own backend is back, that a repository can be read again. And the signals
 * client keeps to itself when its connection was lost and regained, with
 * everything that was said meanwhile: hence the long interval.
 */
export function refreshInterval(state: {
  readonly signals: boolean;
  readonly failed: boolean;
  readonly sources?: readonly Source[];
}): number {
  if (state.failed) {
    return FAILED_MS;
  }
  if (!state.signals) {
    return WITHOUT_SIGNALS_MS;
  }
  return state.sources?.some(({ state: it }) => it !== 'ok')
    ? INCOMPLETE_MS
    : LOST_SIGNALS_MS;
}
