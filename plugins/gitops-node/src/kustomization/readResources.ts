import { parseKustomization } from './Kustomization';
import { findList, resourceEntries } from './resourceList';
import { sameResource } from './sameResource';

/**
 * The entries of a kustomization's `resources`, as they are written, in order.
 *
 * @throws InputError where the text is not a kustomization.
 *
 * @public
 */
export function readResources(text: string): string[] {
  const kustomization = parseKustomization(text);
  const { list } = findList(kustomization, 'resources');
  return resourceEntries(kustomization, list).map(entry => entry.value);
}

/**
 * Whether a kustomization has the resource, in any spelling.
 *
 * @throws InputError where the text is not a kustomization.
 *
 * @public
 */
export function hasResource(text: string, resource: string): boolean {
  return readResources(text).some(entry => sameResource(entry, resource));
}
