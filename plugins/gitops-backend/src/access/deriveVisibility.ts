import { type Entity } from '@backstage/catalog-model';
import { permissionRules } from '@backstage/plugin-catalog-backend/alpha';
import {
  AuthorizeResult,
  type PermissionCondition,
  type PermissionCriteria,
  type PolicyDecision,
} from '@backstage/plugin-permission-common';
import {
  createConditionAuthorizer,
  isAndCriteria,
  isNotCriteria,
  isOrCriteria,
} from '@backstage/plugin-permission-node';

/** Whether a caller may see an entity. */
export type Visibility = (entity: Entity) => boolean;

const RULES = Object.values(permissionRules);
const NAMES = new Set(RULES.map(({ name }) => name));
const isAllowed = createConditionAuthorizer<Entity, unknown>(RULES);

/**
 * What a decision about `catalog.entity.read` says of entities, with the rules
 * that the catalog itself applies.
 *
 * @returns nothing where the policy uses a rule that somebody has added to the
 * catalog: then only the catalog can tell.
 */
export function deriveVisibility(
  decision: PolicyDecision | undefined,
): Visibility | undefined {
  if (
    decision?.result === AuthorizeResult.CONDITIONAL &&
    !isKnown(decision.conditions)
  ) {
    return undefined;
  }
  return entity => decision !== undefined && isAllowed(decision, entity);
}

function isKnown(criteria: PermissionCriteria<PermissionCondition>): boolean {
  if (isAndCriteria(criteria)) {
    return criteria.allOf.every(isKnown);
  }
  if (isOrCriteria(criteria)) {
    return criteria.anyOf.every(isKnown);
  }
  if (isNotCriteria(criteria)) {
    return isKnown(criteria.not);
  }
  return NAMES.has(criteria.rule);
}
