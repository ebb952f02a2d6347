import {
  type Entity,
  parseEntityRef,
  stringifyEntityRef,
} from '@backstage/catalog-model';
import {
  type DefaultEntityFilters,
  type EntityFilter,
} from '@backstage/plugin-catalog-react';
import { type DeploymentState } from '@callboard/backstage-plugin-gitops-common';

/** The catalog's filters, and ours. */
export type FiltersWithState = DefaultEntityFilters & {
  deploymentState?: DeploymentStateFilter;
};

/** No entity can have this name. */
const NOBODY = '-';

/**
 * Keeps the entities in the catalog's list that have a deployment in some state.
 * The catalog does not know states; it is told the names of these entities.
 */
export class DeploymentStateFilter implements EntityFilter {
  readonly states: readonly DeploymentState[];
  readonly #entityRefs: ReadonlySet<string>;

  constructor(
    states: readonly DeploymentState[],
    entityRefs: readonly string[],
  ) {
    this.states = states;
    this.#entityRefs = new Set(entityRefs);
  }

  getCatalogFilters(): Record<string, string[]> {
    const names = [...this.#entityRefs].map(ref => parseEntityRef(ref).name);
    return {
      'metadata.name': names.length > 0 ? [...new Set(names)] : [NOBODY],
    };
  }

  /** Another entity may have the same name. */
  filterEntity(entity: Entity): boolean {
    return this.#entityRefs.has(stringifyEntityRef(entity));
  }

  toQueryValue(): string[] {
    return [...this.states];
  }
}
