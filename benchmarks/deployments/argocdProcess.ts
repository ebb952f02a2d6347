/** A process with the fleet: every Argo CD that the others ask. */
import { type Fleet, type FleetOptions, startFleet } from '@callboard/sandbox';
import { serve } from './Child';

/** Of all instances together. */
export interface FleetTraffic {
  readonly calls: number;
  readonly bytes: number;
  /** When the first call came; milliseconds since the epoch. */
  readonly firstCallAt: number | undefined;
}

let fleet: Fleet | undefined;

function running(): Fleet {
  if (!fleet) throw new TypeError('there is no fleet yet');
  return fleet;
}

const methods = {
  async start(options: FleetOptions) {
    fleet = await startFleet(options);
    return fleet.instances.map(({ name, url }) => ({ name, url }));
  },
  traffic(): FleetTraffic {
    const counts = running().instances.map(({ traffic }) => traffic.count);
    const first = counts.flatMap(({ firstCallAt }) => firstCallAt ?? []);
    return {
      calls: counts.reduce((sum, { calls }) => sum + calls, 0),
      bytes: counts.reduce((sum, { bytes }) => sum + bytes, 0),
      firstCallAt: first.length ? Math.min(...first) : undefined,
    };
  },
  latency(latencyMs: number) {
    running().instances.forEach(({ faults }) => faults.set({ latencyMs }));
  },
  /** @returns when; milliseconds since the epoch */
  setHealth({
    name,
    status,
  }: {
    name: string;
    status: 'Healthy' | 'Degraded';
  }) {
    const at = now();
    running().setHealth(name, status);
    return at;
  },
};

export type ArgocdProcess = typeof methods;

serve(methods);

/** Finer than `Date.now`, and the same clock in every process. */
function now(): number {
  return performance.timeOrigin + performance.now();
}
