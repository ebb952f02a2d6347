import { parseKustomization } from './Kustomization';
import { applyEdits } from './TextEdit';
import { addResource } from './addResource';
import { checkEdit } from './checkEdit';
import { entriesOf, isFlow } from './entries';
import { removeEntry, removeLines } from './removeEntry';
import { findList, type ListPlace, resourceEntries } from './resourceList';
import { sameResource } from './sameResource';

/**
 * Removes an entry from a kustomization's `resources`, in whichever spelling it
 * is there: its line, and nothing else. Comments on other lines stay.
 *
 * @remarks
 * It undoes `addResource` to the byte; only a list that had no value comes back
 * as `[]`. A list is removed with its last entry where `addResource` would
 * write the two lines again.
 *
 * @returns the same text where the resource is not in it.
 *
 * @throws InputError where the text is not a kustomization, or its list cannot
 * be changed by itself.
 *
 * @public
 */
export function removeResource(text: string, resource: string): string {
  const kustomization = parseKustomization(text);
  const place = findList(kustomization, 'resources');
  const entries = resourceEntries(kustomization, place.list);
  const at = entries.findIndex(entry => sameResource(entry.value, resource));
  const found = entries[at];
  if (!place.list || !found) {
    return text;
  }
  const edited = checkEdit(
    kustomization,
    applyEdits(text, removeEntry(text, place.list, at)),
    {
      key: 'resources',
      value: entries.map(entry => entry.value).toSpliced(at, 1),
    },
  );
  if (entries.length > 1) {
    // The same resource may be there in a second spelling.
    return removeResource(edited, resource);
  }
  const shorter = withoutList(text, place);
  return shorter !== text && addResource(shorter, found.value) === text
    ? shorter
    : edited;
}

/** The text without the key and its only entry, if they have lines of their own. */
function withoutList(text: string, { pair, list }: ListPlace): string {
  const [entry] = list ? entriesOf(list) : [];
  const start = pair?.key.range?.[0];
  return !list || isFlow(list) || !entry || start === undefined
    ? text
    : applyEdits(text, [removeLines(text, { start, end: entry.end })]);
}
