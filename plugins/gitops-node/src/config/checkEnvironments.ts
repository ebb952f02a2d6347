import { InputError } from '@backstage/errors';
import { type ArgocdInstance, type EnvironmentConfig } from './GitopsConfig';
import { nearest } from './configIssues';
import { type Place, refuseAmbiguousNames } from './refuseAmbiguousNames';

/**
 * Checks what no single key shows: names that are taken, instances that do not
 * exist, roots that would apply the same Applications, names that would mean two
 * things.
 *
 * @throws InputError naming the key and the fix.
 */
export function checkEnvironments(
  environments: readonly EnvironmentConfig[],
  instances: readonly ArgocdInstance[],
): void {
  const names = environments.map((environment, index) => ({
    name: environment.name,
    key: `gitops.environments[${index}].name`,
  }));
  refuseDuplicates(names, 'environment');
  const places = environments.flatMap((environment, index) => {
    const environmentKey = `gitops.environments[${index}]`;
    const clusters = environment.clusters.map((cluster, at) => ({
      environment,
      environmentKey,
      cluster,
      key: `${environmentKey}.clusters[${at}]`,
    }));
    refuseDuplicates(
      clusters.map(place => ({
        name: place.cluster.name,
        key: `${place.key}.name`,
      })),
      'cluster of the environment',
    );
    return clusters;
  });
  for (const place of places) {
    refuseUnknownInstance(place, instances);
  }
  refuseSharedRoots(places);
  refuseAmbiguousNames(places);
}

function refuseDuplicates(
  entries: readonly { name: string; key: string }[],
  what: string,
) {
  entries.forEach(({ name, key }, index) => {
    const first = entries.findIndex(other => other.name === name);
    if (first !== index) {
      throw new InputError(
        `${key} is "${name}", like ${entries[first]?.key}; give each ${what} a name of its own`,
      );
    }
  });
}

function refuseUnknownInstance(
  { cluster, key }: Place,
  instances: readonly ArgocdInstance[],
) {
  const names = instances.map(instance => instance.name);
  if (names.includes(cluster.instance)) {
    return;
  }
  const near = nearest(cluster.instance, names);
  const known =
    names.length > 0 ? `known are ${names.join(', ')}` : 'there are none';
  throw new InputError(
    `${key}.instance is "${
      cluster.instance
    }", which is not an Argo CD instance; ${
      near ? `did you mean "${near}"?` : `${known}.`
    } Instances are declared under argocd.appLocatorMethods[].instances[].`,
  );
}

/** Two root applications must never apply the same files. */
function refuseSharedRoots(places: readonly Place[]) {
  for (const place of places) {
    const other = places.find(
      earlier =>
        earlier.environment.platformRepo === place.environment.platformRepo &&
        earlier.cluster.path === place.cluster.path,
    );
    if (other && other.cluster.instance !== place.cluster.instance) {
      throw new InputError(
        `${place.key}.instance is "${place.cluster.instance}", but ${other.key} has the same path ${place.cluster.path} and the instance "${other.cluster.instance}": both would apply the same Applications. Give ${place.key} a path of its own, or the same instance.`,
      );
    }
  }
}
