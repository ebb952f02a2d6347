import { type SignalApi } from '@backstage/plugin-signals-react';
import { act } from '@testing-library/react';

/** Signals as the portal has them, with a hand on the backend's side. */
export function fakeSignals() {
  const listeners = new Set<[channel: string, (message: never) => void]>();
  const api: SignalApi = {
    subscribe: (channel, listener) => {
      const entry: [string, (message: never) => void] = [channel, listener];
      listeners.add(entry);
      return { unsubscribe: () => listeners.delete(entry) };
    },
  };
  let version = 0;
  const send = (channel: string) =>
    act(async () => {
      const message = { version } as never;
      [...listeners].forEach(([of, hear]) => of === channel && hear(message));
    });
  return {
    api,
    /** Tells of a change. */
    send,
    /** A process says that it tells; `missed`: and that it told of more. */
    beat: (pulse: string, { missed = false } = {}) => {
      version += missed ? 2 : 1;
      return send(pulse);
    },
  };
}
