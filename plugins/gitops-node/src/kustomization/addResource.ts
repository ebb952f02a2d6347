import { parseKustomization } from './Kustomization';
import { applyEdits } from './TextEdit';
import { addElement } from './addElement';
import { checkEdit } from './checkEdit';
import { keyQuotes } from './insertKey';
import { findList, resourceEntries } from './resourceList';
import { sameResource } from './sameResource';
import { quotesOf, writeScalar } from './scalars';
import { sortedPosition } from './sortedPosition';

/**
 * Adds an entry to a kustomization's `resources`: one line, in the style of the
 * list, in order where the list is sorted. Every other byte stays as it is.
 *
 * @returns the same text where the resource is there already, in any spelling.
 *
 * @throws InputError where the text is not a kustomization, or its list cannot
 * be changed by itself; the message says where and what to do.
 *
 * @public
 */
export function addResource(text: string, resource: string): string {
  const kustomization = parseKustomization(text);
  const place = findList(kustomization, 'resources');
  const entries = resourceEntries(kustomization, place.list);
  if (entries.some(entry => sameResource(entry.value, resource))) {
    return text;
  }
  const values = entries.map(entry => entry.value);
  const at = sortedPosition(values, resource);
  const neighbour = entries[at - 1] ?? entries[at];
  const written = writeScalar(
    resource,
    neighbour ? quotesOf(neighbour.node) : keyQuotes(kustomization.root),
  );
  const edits = addElement(
    kustomization,
    { key: 'resources', ...place, at },
    { block: [written], flow: written },
  );
  return checkEdit(kustomization, applyEdits(text, edits), {
    key: 'resources',
    value: values.toSpliced(at, 0, resource),
  });
}
