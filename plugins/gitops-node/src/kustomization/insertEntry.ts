import { type TextEdit } from './TextEdit';
import { type Collection, entriesOf, type Entry, isFlow } from './entries';
import { columnOf, lineBreakAt, lineEnd, lineStart, startsLine } from './lines';

/**
 * What to insert: its lines in block style, and the same in one line.
 */
export interface NewEntry {
  /** Without the dash; further lines are indented as the first one's text. */
  readonly block: readonly string[];
  readonly flow: string;
}

/**
 * The edits that put an element into a list, or a pair into a map, at this
 * position among the present ones, in the style in which they are written.
 */
export function insertEntry(
  text: string,
  collection: Collection,
  { entry, at }: { entry: NewEntry; at: number },
): TextEdit[] {
  const entries = entriesOf(collection);
  const [first] = entries;
  const before = entries[at - 1];
  if (!isFlow(collection)) {
    return first
      ? [insertBlock(text, { first, before, lines: entry.block })]
      : [];
  }
  if (!first) {
    return [insertIntoEmptyFlow(text, collection, entry.flow)];
  }
  return before
    ? insertAfterFlow(text, {
        before,
        previous: entries[at - 2],
        after: entries[at],
        entry,
      })
    : [insertBeforeFlow(text, { first, second: entries[1], entry })];
}

function insertBlock(
  text: string,
  neighbours: {
    first: Entry;
    before: Entry | undefined;
    lines: readonly string[];
  },
): TextEdit {
  const { first, before, lines } = neighbours;
  const model = before ?? first;
  const lineBreak = lineBreakAt(text, model.start);
  const indent = ' '.repeat(columnOf(text, model.start));
  const dash = /^-(?=\s)[ \t]*/.exec(text.slice(model.start))?.[0] ?? '';
  // `-` alone, its value on the next line, is no model for the space after it.
  const marker = dash && /\s$/.test(dash) ? dash : dash && '- ';
  const continued = indent + ' '.repeat(marker.length);
  const block = lines
    .map((line, index) => (index === 0 ? indent + marker : continued) + line)
    .join(lineBreak);
  if (!before && startsLine(text, first.start)) {
    return { start: lineStart(text, first.start), text: block + lineBreak };
  }
  return lineAfter(text, model.end, block);
}

/** A line of its own after the line that the offset is in. */
function lineAfter(text: string, offset: number, line: string): TextEdit {
  const start = lineEnd(text, offset);
  const lineBreak = lineBreakAt(text, start);
  return start > 0 && text[start - 1] === '\n'
    ? { start, text: line + lineBreak }
    : { start, text: lineBreak + line };
}

function insertIntoEmptyFlow(
  text: string,
  collection: Collection,
  flow: string,
): TextEdit {
  const [start = 0, end = 0] = collection.range ?? [];
  const inside = text.slice(start + 1, end - 1);
  const firstLine = /^[ \t]*(?:#[^\n]*)?\r?\n/.exec(inside);
  if (firstLine) {
    const indent = /^ */.exec(text.slice(lineStart(text, start)))?.[0] ?? '';
    return lineAfter(text, start, `${indent}  ${flow}`);
  }
  // `[ ]` becomes `[ x ]`.
  return { start: start + 1, text: inside + flow };
}

function insertAfterFlow(
  text: string,
  place: {
    before: Entry;
    previous: Entry | undefined;
    after: Entry | undefined;
    entry: NewEntry;
  },
): TextEdit[] {
  const { before, previous, after, entry } = place;
  if (!isOnOwnLine(text, before)) {
    const separator = separatorBetween(text, previous, before);
    return [{ start: before.end, text: separator + entry.flow }];
  }
  const leader = [before, after].find(near => leadsWithComma(text, near));
  const indent = indentOf(text, leader ?? before);
  if (leader) {
    // Commas in front: the new line brings its own.
    return [lineAfter(text, before.end, indent + entry.flow)];
  }
  const hasComma = before.comma !== undefined;
  return [
    ...(hasComma ? [] : [{ start: before.end, text: ',' }]),
    lineAfter(text, before.end, indent + entry.flow + (hasComma ? ',' : '')),
  ];
}

function insertBeforeFlow(
  text: string,
  place: { first: Entry; second: Entry | undefined; entry: NewEntry },
): TextEdit {
  const { first, second, entry } = place;
  if (isOnOwnLine(text, first) && !leadsWithComma(text, second)) {
    const start = lineStart(text, first.start);
    const lineBreak = lineBreakAt(text, start);
    const indent = indentOf(text, first);
    return { start, text: `${indent}${entry.flow},${lineBreak}` };
  }
  const separator = separatorBetween(text, first, second);
  return { start: first.start, text: entry.flow + separator };
}

function leadsWithComma(text: string, entry: Entry | undefined): boolean {
  return entry !== undefined && /^[ \t]*,/.test(indentOf(text, entry));
}

/** What precedes an element in its line. */
function indentOf(text: string, entry: Entry): string {
  return text.slice(lineStart(text, entry.start), entry.start);
}

/** How the list separates its elements in a line. */
function separatorBetween(
  text: string,
  left: Entry | undefined,
  right: Entry | undefined,
): string {
  const between = left && right ? text.slice(left.end, right.start) : '';
  return /^ ?, *$/.test(between) ? between : ', ';
}

/**
 * Whether an element of a flow collection has its line, or lines, to itself:
 * at most a comma and a comment are beside it.
 */
export function isOnOwnLine(text: string, entry: Entry): boolean {
  const before = indentOf(text, entry);
  const after = text.slice(entry.end, lineEnd(text, entry.end));
  return (
    /^[ \t]*(?:,[ \t]*)?$/.test(before) &&
    /^[ \t]*,?[ \t]*(?:#.*)?\r?\n$/.test(after)
  );
}
