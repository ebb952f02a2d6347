import { parseKustomization } from './Kustomization';
import { applyEdits } from './TextEdit';
import { addResource } from './addResource';
import { checkEdit } from './checkEdit';
import { entriesOf, isFlow } from './entries';
import { lineStart } from './lines';
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
  const withoutList =
    entries.length === 1 ? removeList(text, place, found.value) : undefined;
  if (withoutList !== undefined) {
    return withoutList;
  }
  const edited = checkEdit(
    kustomization,
    applyEdits(text, removeEntry(text, place.list, at)),
    {
      key: 'resources',
      value: entries.map(entry => entry.value).toSpliced(at, 1),
    },
  );
  // The same resource may be there in a second spelling.
  return removeResource(edited, resource);
}

/** The text without the list, if adding the entry again gives this text. */
function removeList(
  text: string,
  { pair, list }: ListPlace,
  value: string,
): string | undefined {
  const [entry] = list ? entriesOf(list) : [];
  const start = pair?.key.range?.[0];
  if (!list || !entry || start === undefined || isFlow(list)) {
    return undefined;
  }
  const shorter = applyEdits(text, [
    removeLines(text, { start: lineStart(text, start), end: entry.end }),
  ]);
  return addResource(shorter, value) === text ? shorter : undefined;
}
