import { type Entity } from '@backstage/catalog-model';
import { evaluateFilterPredicate } from '@backstage/filter-predicates';
import { isDeployable } from '../extensions/isDeployable';

/**
 * Whether an entity has deployments to show, for `EntitySwitch.Case`.
 *
 * @public
 */
export function isDeploymentsAvailable(entity: Entity): boolean {
  return evaluateFilterPredicate(isDeployable, entity);
}
