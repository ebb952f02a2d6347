import { type TextEdit } from './TextEdit';
import { type Collection, entriesOf, type Entry, isFlow } from './entries';
import { isOnOwnLine } from './insertEntry';
import { lineEnd, lineStart, startsLine } from './lines';

/**
 * The edits that take an element out of a list, or a pair out of a map, with
 * its line where it has one to itself. They undo what inserting it did.
 */
export function removeEntry(
  text: string,
  collection: Collection,
  at: number,
): TextEdit[] {
  const entries = entriesOf(collection);
  const entry = entries[at];
  if (!entry) {
    return [];
  }
  const place = { entry, before: entries[at - 1], after: entries[at + 1] };
  if (isFlow(collection)) {
    return removeFlow(text, place);
  }
  return [
    startsLine(text, entry.start) || !place.after
      ? removeLines(text, entry)
      : { start: entry.start, end: place.after.start, text: '' },
  ];
}

interface Place {
  readonly entry: Entry;
  readonly before: Entry | undefined;
  readonly after: Entry | undefined;
}

/**
 * Deletes the lines that the entry is in, and the line break before them where
 * none follows.
 */
export function removeLines(text: string, entry: Entry): TextEdit {
  const start = lineStart(text, entry.start);
  const end = lineEnd(text, entry.end);
  if (text[end - 1] === '\n') {
    return { start, end, text: '' };
  }
  const lineBreak = /\r?\n$/.exec(text.slice(0, start))?.[0] ?? '';
  return { start: start - lineBreak.length, end, text: '' };
}

function removeFlow(text: string, place: Place): TextEdit[] {
  const { entry, before, after } = place;
  if (isOnOwnLine(text, entry)) {
    const line = removeLines(text, entry);
    const lost =
      before?.comma !== undefined && before.comma < line.start && !after
        ? before.comma
        : undefined;
    return lost === undefined || entry.comma !== undefined
      ? [line]
      : [line, { start: lost, end: lost + 1, text: '' }];
  }
  if (before) {
    return [{ start: before.end, end: entry.end, text: '' }];
  }
  if (after) {
    return [{ start: entry.start, end: after.start, text: '' }];
  }
  return [removeOnly(text, entry)];
}

/** `[ x ]` becomes `[ ]`, `[x]` and `[x,]` become `[]`. */
function removeOnly(text: string, entry: Entry): TextEdit {
  const end = entry.comma === undefined ? entry.end : entry.comma + 1;
  const spaceBefore = /[ \t]*$/.exec(text.slice(0, entry.start))?.[0] ?? '';
  const spaceAfter = /^[ \t]*/.exec(text.slice(end))?.[0] ?? '';
  return {
    start: entry.start,
    end: spaceBefore === spaceAfter ? end + spaceAfter.length : end,
    text: '',
  };
}
