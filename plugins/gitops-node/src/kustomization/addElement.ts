import { isScalar, type Node, type Pair } from 'yaml';
import { type Kustomization } from './Kustomization';
import { type TextEdit } from './TextEdit';
import { endOf } from './entries';
import { insertEntry, type NewEntry } from './insertEntry';
import { insertList } from './insertKey';
import { type ListPlace } from './resourceList';

/**
 * The edits that put an element into one of the kustomization's lists, whether
 * it has elements, is empty, has no value or is not there at all.
 */
export function addElement(
  kustomization: Kustomization,
  place: ListPlace & { readonly key: string; readonly at: number },
  entry: NewEntry,
): TextEdit[] {
  const { key, pair, list, at } = place;
  if (!pair) {
    return insertList(kustomization, key, entry);
  }
  return list
    ? insertEntry(kustomization.text, list, { entry, at })
    : [giveValue(pair, `[${entry.flow}]`)];
}

/**
 * The edit that gives a value to a key without one: `resources:`, `resources: ~`.
 */
export function giveValue(
  pair: Pair<Node, Node | null>,
  value: string,
): TextEdit {
  const { value: node } = pair;
  if (isScalar(node) && node.source && node.range) {
    return { start: node.range[0], end: node.range[1], text: value };
  }
  const last = pair.srcToken?.sep?.findLast(
    part => !['space', 'newline', 'comment'].includes(part.type),
  );
  return last
    ? { start: last.offset + last.source.length, text: ` ${value}` }
    : { start: endOf(pair.key), text: `: ${value}` };
}
