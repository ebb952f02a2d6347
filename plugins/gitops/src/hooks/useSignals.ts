import { useApiHolder } from '@backstage/frontend-plugin-api';
import { signalApiRef } from '@backstage/plugin-signals-react';
import { useEffect } from 'react';
import { oneAtATime } from '../query/oneAtATime';

/**
 * A subscription takes its time to reach the backend. What changes in between
 * is noticed by looking once more.
 */
const SUBSCRIBED_MS = 2_000;

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
    const timer = setTimeout(onChange, SUBSCRIBED_MS);
    return () => {
      clearTimeout(timer);
      subscription.unsubscribe();
    };
  }, [signals, channel, refresh]);

  return signals !== undefined;
}
