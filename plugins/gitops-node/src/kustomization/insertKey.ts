import { isSeq, type YAMLMap } from 'yaml';
import { type Kustomization } from './Kustomization';
import { type TextEdit } from './TextEdit';
import { entriesOf, isFlow } from './entries';
import { insertEntry, type NewEntry } from './insertEntry';
import { columnOf, lineBreakAt } from './lines';
import { type Quotes, quotesOf, writeScalar } from './scalars';

/**
 * The edits that put a list with one element, which the kustomization lacks,
 * behind everything else in it.
 */
export function insertList(
  kustomization: Kustomization,
  key: string,
  element: NewEntry,
): TextEdit[] {
  const { text, root } = kustomization;
  if (root && isFlow(root)) {
    const pair = `${writeKey(root, key)}: [${element.flow}]`;
    return insertEntry(text, root, {
      entry: { block: [pair], flow: pair },
      at: root.items.length,
    });
  }
  const indent = ' '.repeat(root ? columnOf(text, firstStart(root)) : 0);
  const dash = ' '.repeat(listIndent(kustomization));
  return [
    insertLines(
      kustomization,
      [
        `${key}:`,
        ...element.block.map(
          (line, index) => `${dash}${index === 0 ? '-' : ' '} ${line}`,
        ),
      ].map(line => indent + line),
    ),
  ];
}

/**
 * How the map's keys are quoted: all values of a file that is written as JSON
 * need double quotes.
 */
export function keyQuotes(map: YAMLMap | undefined): Quotes {
  return quotesOf(map?.items[0]?.key);
}

/**
 * A key as the map's other keys are quoted.
 */
export function writeKey(map: YAMLMap, key: string): string {
  return writeScalar(key, keyQuotes(map));
}

function firstStart(root: NonNullable<Kustomization['root']>): number {
  return entriesOf(root)[0]?.start ?? 0;
}

/** How far the file's other lists are indented under their keys. */
function listIndent({ text, root }: Kustomization): number {
  for (const pair of root?.items ?? []) {
    const list = pair.value;
    if (isSeq(list) && !isFlow(list)) {
      const [first] = entriesOf(list);
      const parent = root ? columnOf(text, firstStart(root)) : 0;
      const indent = first ? columnOf(text, first.start) - parent : -1;
      return indent >= 0 ? indent : 2;
    }
  }
  return 2;
}

function insertLines(
  { text, end }: Kustomization,
  lines: readonly string[],
): TextEdit {
  const lineBreak = lineBreakAt(text, end);
  const block = lines.join(lineBreak);
  const isAtLineStart =
    end === 0 || text[end - 1] === '\n' || text.slice(0, end) === '\uFEFF';
  return isAtLineStart
    ? { start: end, text: block + lineBreak }
    : { start: end, text: lineBreak + block };
}
