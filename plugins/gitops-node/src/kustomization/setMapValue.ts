import { isScalar, type YAMLMap } from 'yaml';
import { findPair } from './Kustomization';
import { type TextEdit } from './TextEdit';
import { giveValue } from './addElement';
import { insertEntry } from './insertEntry';
import { keyQuotes, writeKey } from './insertKey';
import { removeEntry } from './removeEntry';
import { quotesOf, writeScalar } from './scalars';

/**
 * The edits that give a map's key this value in the quotes it has, add the key
 * behind the others, or remove it (`null`). None where the map has it so.
 */
export function setMapValue(
  text: string,
  map: YAMLMap,
  { key, value }: { key: string; value: string | null },
): TextEdit[] {
  const pair = findPair(map, key);
  if (value === null) {
    return pair ? removeEntry(text, map, map.items.indexOf(pair)) : [];
  }
  if (!pair) {
    const written = `${writeKey(map, key)}: ${writeScalar(
      value,
      keyQuotes(map),
    )}`;
    return insertEntry(text, map, {
      entry: { block: [written], flow: written },
      at: map.items.length,
    });
  }
  const { value: node } = pair;
  if (isScalar(node) && node.value === value) {
    return [];
  }
  const written = writeScalar(value, quotesOf(node));
  const [start = 0, end = 0] = node?.range ?? [];
  return end > start
    ? [{ start, end, text: written }]
    : [giveValue(pair, written)];
}
