import {
  type ClusterConfig,
  type EnvironmentConfig,
} from '@callboard/backstage-plugin-gitops-node';
import { type Application } from '../applications/Application';
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
  application: Application,
  environments: readonly EnvironmentConfig[],
): Candidate[] {
  let order = 0;
  return environments.flatMap(config =>
    config.clusters.flatMap(cluster => {
      order += 1;
      return isDestination(cluster, application)
        ? [{ environment: config.name, cluster: cluster.name, order, config }]
        : [];
    }),
  );
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
  if (cluster.instance !== instance) {
    return false;
  }
  const { name } = destination;
  const server =
    destination.server ??
    (name === OWN_CLUSTER.name ? OWN_CLUSTER.server : undefined);
  const wanted = withoutSlash(
    cluster.destination === OWN_CLUSTER.name
      ? OWN_CLUSTER.server
      : cluster.destination,
  );
  return server !== undefined
    ? withoutSlash(server) === wanted
    : name === cluster.destination || name === cluster.name;
}

function withoutSlash(address: string): string {
  return address.replace(/\/+$/, '').toLowerCase();
}
