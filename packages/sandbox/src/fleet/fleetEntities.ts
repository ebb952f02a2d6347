import { FLEET_TEAMS, type FleetPlan } from './FleetPlan';
import { FLEET_GIT_URL, SERVICE_LABEL } from './fleetApplication';

/** A catalog entity, as a `catalog-info.yaml` has it. @public */
export interface FleetEntity {
  readonly apiVersion: 'backstage.io/v1alpha1';
  readonly kind: 'Component' | 'Group';
  readonly metadata: {
    readonly name: string;
    readonly namespace: 'default';
    readonly description: string;
    readonly annotations?: Readonly<Record<string, string>>;
  };
  readonly spec: {
    readonly type: string;
    readonly lifecycle?: string;
    readonly owner?: string;
    readonly children?: string[];
  };
}

/**
 * The services of the fleet and the teams that own them, as the catalog would
 * have them. Each service selects its applications by a label, with an
 * annotation that other Argo CD plugins read, too.
 *
 * @public
 */
export function fleetEntities(plans: readonly FleetPlan[]): FleetEntity[] {
  const services = new Map(plans.map(plan => [plan.service, plan]));
  return [...FLEET_TEAMS.map(team), ...[...services.values()].map(component)];
}

function component({ service, team: owner }: FleetPlan): FleetEntity {
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Component',
    metadata: {
      name: service,
      namespace: 'default',
      description: `Made up, to be one of many`,
      annotations: {
        'argocd/app-selector': `${SERVICE_LABEL}=${service}`,
        'backstage.io/source-location': `url:${FLEET_GIT_URL}/${service}/tree/main/`,
      },
    },
    spec: {
      type: 'service',
      lifecycle: 'production',
      owner: `group:default/${owner}`,
    },
  };
}

function team(name: string): FleetEntity {
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Group',
    metadata: {
      name,
      namespace: 'default',
      description: 'A team of the fleet',
    },
    spec: { type: 'team', children: [] },
  };
}
