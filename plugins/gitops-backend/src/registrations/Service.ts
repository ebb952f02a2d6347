/**
 * What is registered: an entity and its repository.
 */
export interface Service {
  /** In full, lower case: `component:default/cart`. */
  readonly entityRef: string;
  readonly name: string;
  /** Entity references, lower case. */
  readonly owners: readonly string[];
  /** Web address; absent where the entity names none. */
  readonly repository?: string;
  /** `false` while the catalog has not read it: then its owner is a claim. */
  readonly inCatalog: boolean;
}
