import {
  type Deployment,
  type EntityStateList,
  type StateQuery,
  statesOf,
} from '@callboard/backstage-plugin-gitops-common';

/** The entities with a deployment in one of the states. */
export function statesIn(
  deploymentsOf: Readonly<Record<string, readonly Deployment[]>>,
  { states, limit = 200 }: StateQuery,
): Pick<EntityStateList, 'items' | 'hasMore'> {
  const items = Object.entries(deploymentsOf)
    .map(([entityRef, its]) => ({ entityRef, states: statesOf(its) }))
    .filter(item => item.states.some(state => states.includes(state)));
  return { items: items.slice(0, limit), hasMore: items.length > limit };
}
