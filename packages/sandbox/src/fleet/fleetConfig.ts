import { SANDBOX_ARGOCD_TOKEN } from '../argocd/api/tokens';
import { type FleetArgoCd } from './Fleet';
import { type FleetPlan } from './FleetPlan';
import { FLEET_GIT_URL, projectName } from './fleetApplication';

const ENVIRONMENTS = ['dev', 'staging', 'production'] as const;

/**
 * What a portal's configuration says of a fleet: its Argo CD instances, and
 * the environments with their clusters.
 *
 * @public
 */
export function fleetConfig(
  plans: readonly FleetPlan[],
  instances: readonly Pick<FleetArgoCd, 'name' | 'url'>[],
) {
  return {
    argocd: {
      appLocatorMethods: [
        {
          type: 'config',
          instances: instances.map(({ name, url }) => ({
            name,
            url,
            token: SANDBOX_ARGOCD_TOKEN,
          })),
        },
      ],
    },
    gitops: {
      serviceRepositories: [`${FLEET_GIT_URL}/*`],
      environments: ENVIRONMENTS.flatMap(environment => {
        const clusters = clustersOf(environment, plans, instances);
        return clusters.length ? [environmentOf(environment, clusters)] : [];
      }),
    },
  };
}

function environmentOf(
  environment: FleetPlan['environment'],
  clusters: ReturnType<typeof clustersOf>,
) {
  return {
    name: environment,
    platformRepo: `${FLEET_GIT_URL}/fleet-infra`,
    path: `clusters/${environment}/argocd`,
    write: 'pull-request',
    project: projectName({ environment }),
    clusters,
  };
}

function clustersOf(
  environment: FleetPlan['environment'],
  plans: readonly FleetPlan[],
  instances: readonly Pick<FleetArgoCd, 'name'>[],
) {
  const clusters = new Map(
    plans
      .filter(plan => plan.environment === environment)
      .map(plan => [plan.cluster.name, plan] as const),
  );
  return [...clusters].map(([name, { cluster, instance }]) => ({
    name,
    instance: instances[instance]?.name ?? '',
    destination: cluster.server,
    // Two roots never apply the same Applications.
    path: `clusters/${environment}/${name}/argocd`,
  }));
}
