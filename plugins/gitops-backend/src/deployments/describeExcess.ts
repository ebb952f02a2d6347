import {
  ARGOCD_APP_SELECTOR,
  type Source,
} from '@callboard/backstage-plugin-gitops-common';
import { type ApplicationStore } from '../applications/ApplicationStore';
import { type EntitySelection } from './EntitySelection';
import { excessOf, MOST_OF_ONE_ENTITY } from './selectApplications';

/**
 * That an entity selects more than it can have, and what to do, for a person.
 *
 * @param many - how many; who may not see all of them is not told
 */
export function describeExcess(
  { entityRef, annotated }: EntitySelection,
  many: string = `more than ${MOST_OF_ONE_ENTITY}`,
): { message: string; fix: string } {
  return {
    message: `${entityRef} selects ${many} Applications. One entity has ${MOST_OF_ONE_ENTITY} at most: the first by instance, namespace and name. The others are not shown with it.`,
    fix: annotated
      ? `Narrow its annotations that begin with argocd/: ${ARGOCD_APP_SELECTOR} needs a label that only its own Applications have, not just labels that they lack. Or remove them: components have the Applications that name them, and those whose source is their own.`
      : 'Divide it into entities with a source folder each, or annotate each Application with the entity that it deploys. What is not shown here can be seen in Argo CD.',
  };
}

/** The entities that select more than they can have, as sources that tell not everything. */
export function excessSources(
  selections: readonly EntitySelection[],
  store: ApplicationStore,
): Source[] {
  return selections.flatMap(selection => {
    const excess = excessOf(selection, store);
    if (!excess) {
      return [];
    }
    const { message, fix } = describeExcess(selection);
    return [
      {
        name: `entity:${selection.entityRef}`,
        state: 'limited' as const,
        since: excess.since,
        message: `${message} ${fix}`,
      },
    ];
  });
}
