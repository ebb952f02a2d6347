import {
  type ClusterConfig,
  type EnvironmentConfig,
} from '@callboard/backstage-plugin-gitops-node';
import { type Application } from '../applications/Application';
import { ItemsByKey } from '../applications/ItemsByKey';
import { isRootOf } from '../applications/isRootOf';

/** Where an application deploys to. */
export interface Place {
  /** Absent where the destination is none of a configured environment. */
  readonly environment?: string;
  readonly cluster: string;
  /** Sorts places by the order of the configuration. */
  readonly order: number;
}

interface Candidate extends Place {
  readonly config: EnvironmentConfig;
}

const OWN_CLUSTER = {
  name: 'in-cluster',
  server: 'https://kubernetes.default.svc',
};

/**
 * Of a configuration, by destination: whoever has a cluster for each shop has as
 * many of them as Applications.
 */
const PLACES = new WeakMap<
  readonly EnvironmentConfig[],
  ItemsByKey<Candidate>
>();

/**
 * Finds the environment and cluster of an application by its destination.
 *
 * Where several environments share a cluster it is that whose root it is; else
 * the project decides, then a folder of the source that is named after the environment. What stays
 * ambiguous is not guessed.
 */
export function locateApplication(
  application: Application,
  environments: readonly EnvironmentConfig[],
): Place {
  const places = placesOf(application, environments);
  const [place, ...others] = narrow(places, [
    ({ config }) => isRootOf(application, config),
    ({ config }) => config.project === application.project,
    ({ config }) =>
      application.sources.some(({ path }) =>
        path.split('/').includes(config.name),
      ),
  ]);
  if (place && others.length === 0) {
    const { environment, cluster, order } = place;
    return { environment, cluster, order };
  }
  const { server, name } = application.destination;
  return {
    cluster: place?.cluster ?? name ?? server ?? 'unknown',
    order: Number.MAX_SAFE_INTEGER,
  };
}

function placesOf(
  { instance, destination }: Application,
  environments: readonly EnvironmentConfig[],
): readonly Candidate[] {
  const known = PLACES.get(environments) ?? toPlaces(environments);
  PLACES.set(environments, known);
  return known.get([destinationKey(instance, readDestination(destination))]);
}

function toPlaces(
  environments: readonly EnvironmentConfig[],
): ItemsByKey<Candidate> {
  const places = new ItemsByKey<Candidate>();
  let order = 0;
  for (const config of environments) {
    for (const cluster of config.clusters) {
      order += 1;
      places.add(keysOfCluster(cluster), {
        environment: config.name,
        cluster: cluster.name,
        order,
        config,
      });
    }
  }
  return places;
}

/** Applies rules as long as there is a choice, and only those that leave some. */
function narrow(
  candidates: readonly Candidate[],
  rules: readonly ((candidate: Candidate) => boolean)[],
): readonly Candidate[] {
  return rules.reduce((left, rule) => {
    const kept = left.length > 1 ? left.filter(rule) : left;
    return kept.length > 0 ? kept : left;
  }, candidates);
}

/** Whether an application deploys to a cluster. */
export function isDestination(
  cluster: ClusterConfig,
  { instance, destination }: Application,
): boolean {
  return keysOfCluster(cluster).includes(
    destinationKey(instance, readDestination(destination)),
  );
}

/** A cluster goes by its address, or by a name. */
type Destination = { readonly server: string } | { readonly name: string };

function readDestination({
  server,
  name = '',
}: Application['destination']): Destination {
  if (server !== undefined) {
    return { server };
  }
  return name === OWN_CLUSTER.name ? { server: OWN_CLUSTER.server } : { name };
}

function keysOfCluster({ instance, name, destination }: ClusterConfig) {
  const server =
    destination === OWN_CLUSTER.name ? OWN_CLUSTER.server : destination;
  const destinations = [{ server }, { name: destination }, { name }];
  return [...new Set(destinations.map(each => destinationKey(instance, each)))];
}

function destinationKey(instance: string, destination: Destination): string {
  return JSON.stringify(
    'server' in destination
      ? [instance, 'server', withoutSlash(destination.server)]
      : [instance, 'name', destination.name],
  );
}

function withoutSlash(address: string): string {
  return address.replace(/\/+$/, '').toLowerCase();
}
