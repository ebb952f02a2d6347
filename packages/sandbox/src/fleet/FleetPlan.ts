import { below, randomFrom } from './random';

/** How an application of the fleet is when it is first seen. */
export type FleetState =
  | 'healthy'
  | 'waiting'
  | 'progressing'
  | 'degraded'
  | 'failed'
  | 'unknown'
  | 'new'
  | 'suspended';

/** An application of the fleet, before it is an Application. */
export interface FleetPlan {
  readonly name: string;
  readonly service: string;
  readonly team: string;
  readonly environment: 'dev' | 'staging' | 'production';
  readonly cluster: { readonly name: string; readonly server: string };
  /** Of the Argo CD that deploys it; counted from 0. */
  readonly instance: number;
  /** Where its objects are; no other application's are there. */
  readonly namespace: string;
  readonly state: FleetState;
  /** The newest release of its service: they are counted from 1. */
  readonly release: number;
}

const PLACES = [
  { name: 'dev', environment: 'dev' },
  { name: 'staging', environment: 'staging' },
  { name: 'prod-eu', environment: 'production' },
  { name: 'prod-us', environment: 'production' },
] as const;

/** In percent; what is left is healthy. */
const SHARES: readonly [state: FleetState, percent: number][] = [
  ['waiting', 4],
  ['progressing', 3],
  ['degraded', 2],
  ['failed', 1],
  ['unknown', 1],
  ['new', 0.5],
  ['suspended', 0.5],
];

const DOMAINS =
  'billing cart catalog checkout claims customer delivery fraud identity inventory invoice ledger loyalty notification order payment pricing product profile refund search shipping tax warehouse'.split(
    ' ',
  );
const ROLES =
  'api gateway worker scheduler sync importer exporter projector frontend admin reports webhooks cache router indexer archive audit batch stream rules'.split(
    ' ',
  );
const TEAMS = 12;

/** The teams that own the fleet's services. */
export const FLEET_TEAMS: readonly string[] = Array.from(
  { length: TEAMS },
  (_, index) => `fleet-team-${index + 1}`,
);

/**
 * What the fleet consists of: services with up to four applications each, one
 * in dev, one in staging and two in production, spread over the instances. The
 * same seed makes the same fleet.
 */
export function planFleet(options: {
  applications: number;
  instances: number;
  seed: number;
}): FleetPlan[] {
  return Array.from({ length: options.applications }, (_, index) =>
    planApplication(index, options),
  );
}

function planApplication(
  index: number,
  { instances, seed }: { instances: number; seed: number },
): FleetPlan {
  const serviceIndex = Math.floor(index / PLACES.length);
  const { name: place, environment } =
    PLACES[index % PLACES.length] ?? PLACES[0];
  const service = serviceName(serviceIndex);
  const instance = index % instances;
  const cluster = `${place}-${instance + 1}`;
  const random = randomFrom(seed * 1_000_003 + index);
  return {
    name: `${service}-${place}`,
    service,
    team: FLEET_TEAMS[serviceIndex % TEAMS] ?? 'fleet-team-1',
    environment,
    cluster: { name: cluster, server: `https://${cluster}.k8s.fleet.test` },
    instance,
    namespace: `${service}-${place}`,
    state: stateOf(random()),
    release: 20 + below(200, randomFrom(seed * 7_919 + serviceIndex)),
  };
}

function stateOf(roll: number): FleetState {
  let percent = roll * 100;
  for (const [state, share] of SHARES) {
    percent -= share;
    if (percent < 0) return state;
  }
  return 'healthy';
}

function serviceName(index: number): string {
  const domain = DOMAINS[index % DOMAINS.length];
  const role = ROLES[Math.floor(index / DOMAINS.length) % ROLES.length];
  const round = Math.floor(index / (DOMAINS.length * ROLES.length));
  return round === 0 ? `${domain}-${role}` : `${domain}-${role}-${round + 1}`;
}
