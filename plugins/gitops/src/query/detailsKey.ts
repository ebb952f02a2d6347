/** Where the cache keeps the details of an entity's deployments. */
export function detailsKey(entityRef: string): readonly string[] {
  return ['gitops', 'entity', entityRef, 'details'];
}
