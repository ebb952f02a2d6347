import { useApiHolder } from '@backstage/frontend-plugin-api';
import { signalApiRef } from '@backstage/plugin-signals-react';
import { useEffect } from 'react';
import { oneAtATime } from '../query/oneAtATime';

/**
 * After how long to look once more without a signal. A subscription takes its
 * time to reach the backend, and nobody tells when it has: right after a start
 * of the backend the signals client needs a second try, some six seconds later.
 */
const LOOKS_MS = [2_000, 8_000, 20_000, 60_000];

/**
 * Refreshes whenever the channel tells of a change. Answers whether there are
 * signals at all in this portal.
 *
 * Not `useSignal`: that hands out the last message only, and a burst of them
 * would be one refresh too few or, each cancelling the one before, too many.
 */
export function useSignals(
  channel: string | undefined,
  refresh: () => Promise<unknown>,
): boolean {
  const signals = useApiHolder().get(signalApiRef);

  useEffect(() => {
    if (!signals || !channel) {
      return undefined;
    }
    const onChange = oneAtATime(refresh);
    const subscription = signals.subscribe(channel, onChange);
    const timers = LOOKS_MS.map(ms => setTimeout(onChange, ms));
    return () => {
      timers.forEach(clearTimeout);
      subscription.unsubscribe();
    };
  }, [signals, channel, refresh]);

  return signals !== undefined;
}
