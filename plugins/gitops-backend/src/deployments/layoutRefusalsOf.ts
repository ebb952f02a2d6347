import {
  type EnvironmentConfig,
  type Layout,
} from '@callboard/backstage-plugin-gitops-node';
import { type ApplicationStore } from '../applications/ApplicationStore';
import { rootsOf } from '../applications/isRootOf';
import { isDestination } from './locateApplication';

/**
 * Tells which layouts an environment's root application does not allow: a remote
 * base is deployed where the root is, which has to be the environment's cluster.
 */
export function layoutRefusalsOf(store: ApplicationStore): {
  refusalOf(environment: EnvironmentConfig, layout: Layout): string | undefined;
} {
  return {
    refusalOf: (environment, layout) => {
      if (layout.kind !== 'remote-base') {
        return undefined;
      }
      const { name, path, clusters, platformRepo } = environment;
      const roots = rootsOf(environment, store);
      const [root] = roots;
      const [cluster] = clusters;
      if (!root || !cluster) {
        return `A remote base is deployed by the root application of ${name}, and Argo CD shows the portal none that applies ${path} of ${platformRepo}. Create it, or let the portal's account of Argo CD see it.`;
      }
      return roots.some(each => isDestination(cluster, each))
        ? undefined
        : `A remote base is deployed where the root application is, and ${
            root.name
          } deploys to ${
            root.destination.name ?? root.destination.server
          }, not to ${
            cluster.name
          }. Register the service with an Application of its own.`;
    },
  };
}
