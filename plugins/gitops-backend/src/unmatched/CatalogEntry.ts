import { type Entity } from '@backstage/catalog-model';
import {
  type EntitySelection,
  readSelection,
} from '../deployments/EntitySelection';
import {
  ownersOf,
  type ProvenEntity,
  readProvenEntity,
} from '../deployments/deriveProof';

/** What of an entity decides which applications it has. */
export interface CatalogEntry {
  readonly entityRef: string;
  readonly name: string;
  readonly selection: EntitySelection;
  readonly proven: ProvenEntity;
  /** Its annotations that select applications. */
  readonly annotations: Readonly<Record<string, string>>;
}

const SELECTS = 'argocd/';

/** @param gitHubHost - of `github.com/project-slug`, where nothing else tells */
export function readCatalogEntry(
  entity: Entity,
  gitHubHost: string,
): CatalogEntry {
  const proven = readProvenEntity(entity, ownersOf(entity));
  return {
    entityRef: proven.entityRef,
    name: entity.metadata.name.toLowerCase(),
    selection: readSelection(entity, gitHubHost),
    proven,
    annotations: Object.fromEntries(
      Object.entries(entity.metadata.annotations ?? {}).filter(([key]) =>
        key.startsWith(SELECTS),
      ),
    ),
  };
}
