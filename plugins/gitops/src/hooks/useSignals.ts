import { useApiHolder } from '@backstage/frontend-plugin-api';
import { signalApiRef } from '@backstage/plugin-signals-react';
import { useEffect, useMemo, useState } from 'react';
import { type Liveness, PulseListener } from '../query/PulseListener';
import { oneAtATime } from '../query/oneAtATime';

/** Where an answer says that its changes are told. */
interface Channels {
  readonly channel: string;
  readonly pulse: string;
}

/**
 * Refreshes whenever a channel of the answer tells of a change, or that one may
 * have been missed, and finds out whether anybody tells at all: the signals
 * client does not say whether it is connected.
 *
 * Not `useSignal`: that hands out the last message only, and a burst of them
 * would be one refresh too few or, each cancelling the one before, too many.
 */
export function useSignals(
  answer: Channels | undefined,
  refresh: () => Promise<unknown>,
  [liveness, setLiveness]: readonly [Liveness, (liveness: Liveness) => void],
): void {
  const signals = useApiHolder().get(signalApiRef);
  const lookAgain = useMemo(() => oneAtATime(refresh), [refresh]);
  const [followed, setFollowed] = useState<Channels>();

  if (signals && answer && answer.channel !== followed?.channel) {
    setFollowed(answer);
    setLiveness('connecting');
  } else if (
    // Every replica that has answered tells, so the one that is heard is kept.
    liveness === 'silent' &&
    answer &&
    followed &&
    answer.pulse !== followed.pulse
  ) {
    setFollowed(answer);
  }
  const channel = answer && followed?.channel;
  const pulse = answer && followed?.pulse;

  useEffect(() => {
    if (!signals || !channel) {
      return undefined;
    }
    const subscription = signals.subscribe(channel, lookAgain);
    return () => subscription.unsubscribe();
  }, [signals, channel, lookAgain]);

  useEffect(() => {
    if (!signals || !channel || !pulse) {
      return undefined;
    }
    const listener = new PulseListener({
      onLiveness: setLiveness,
      onMissed: lookAgain,
    });
    const subscription = signals.subscribe(pulse, message =>
      listener.hear(message),
    );
    return () => {
      subscription.unsubscribe();
      listener.stop();
    };
  }, [signals, channel, pulse, lookAgain, setLiveness]);
}
