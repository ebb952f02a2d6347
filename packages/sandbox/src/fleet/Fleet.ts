import { InputError } from '@backstage/errors';
import { type Log } from '../Log';
import { type Api, startApi } from '../argocd/startApi';
import { FleetEvents } from './FleetEvents';
import { FleetInstance } from './FleetInstance';
import { FLEET_LIMITS } from './FleetLimits';
import { type FleetPlan, planFleet } from './FleetPlan';
import { health } from './fleetStories';
import { randomFrom } from './random';

/** How large a fleet is, and how much happens in it. @public */
export interface FleetOptions {
  /** In all; at most 100,000. */
  readonly applications: number;
  /** Argo CD instances that share them; at most 100. */
  readonly instances: number;
  /** Changes in all; 0 for a fleet in which nothing happens. At most 10,000. */
  readonly eventsPerSecond: number;
  /** The same seed makes the same fleet; 1. */
  readonly seed?: number;
  /** Port of the first instance, the others follow; any free ones where it is 0 or not given. */
  readonly port?: number;
  readonly log?: Log;
}

/** One Argo CD of the fleet. @public */
export interface FleetArgoCd extends Omit<Api, 'stop'> {
  /** As a portal's configuration may call it: `fleet-1`. */
  readonly name: string;
}

/** Many Argo CD instances with many applications, running. @public */
export interface Fleet {
  readonly instances: readonly FleetArgoCd[];
  readonly plans: readonly FleetPlan[];
  /** Sets the health of one application: one event of its instance. */
  setHealth(application: string, status: 'Healthy' | 'Degraded'): void;
  stop(): Promise<void>;
}

/**
 * Starts Argo CD instances with made-up applications: for seeing and measuring
 * how something behaves in front of thousands. No Git, no kustomize, nothing on
 * disk; the API is that of the sandbox's Argo CD.
 *
 * @throws InputError where a number makes no fleet.
 * @public
 */
export async function startFleet(options: FleetOptions): Promise<Fleet> {
  checkNumbers(options);
  const { seed = 1, port = 0, log = () => {} } = options;
  const plans = planFleet({ ...options, seed });
  const now = Date.now();
  const engines = Array.from(
    { length: options.instances },
    (_, index) =>
      new FleetInstance(
        plans.filter(({ instance }) => instance === index),
        now,
      ),
  );
  const apis = await startAll(engines, { port, log });
  const events = new FleetEvents(engines, {
    perSecond: options.eventsPerSecond,
    random: randomFrom(seed),
  });
  return {
    plans,
    instances: apis.map(({ url, faults, traffic }, index) => ({
      name: fleetInstanceName(index),
      url,
      faults,
      traffic,
    })),
    setHealth: (application, status) => {
      const plan = plans.find(({ name }) => name === application);
      engines[plan?.instance ?? 0]?.step(application, health(status));
    },
    async stop() {
      events.stop();
      engines.forEach(engine => engine.stop());
      await Promise.all(apis.map(api => api.stop()));
    },
  };
}

function fleetInstanceName(index: number): string {
  return `fleet-${index + 1}`;
}

async function startAll(
  engines: readonly FleetInstance[],
  { port, log }: { port: number; log: Log },
): Promise<Api[]> {
  const apis: Api[] = [];
  try {
    for (const [index, engine] of engines.entries()) {
      const own = port === 0 ? 0 : port + index;
      apis.push(await startApi(engine, { port: own, log }));
    }
  } catch (error) {
    await Promise.all(apis.map(api => api.stop()));
    throw error;
  }
  return apis;
}

function checkNumbers(options: FleetOptions): void {
  for (const [name, [least, most]] of Object.entries(FLEET_LIMITS)) {
    const value = options[name as keyof typeof FLEET_LIMITS];
    if (!Number.isInteger(value) || value < least || value > most) {
      throw new InputError(
        `${name} is ${value}, but has to be a whole number from ${least} to ${most}`,
      );
    }
  }
}
