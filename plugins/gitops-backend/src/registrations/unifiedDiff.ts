import { keptLines } from './keptLines';

/**
 * What is different between two texts, as a unified diff: hunks without any
 * line that stays, since whoever may change a line may not always read the file.
 *
 * @param before - `null`: there is no file yet; `after` likewise
 */
export function unifiedDiff(
  before: string | null,
  after: string | null,
): string {
  const [a, b] = [linesOf(before), linesOf(after)];
  const ends = { before: a.length, after: b.length };
  let done = { before: 0, after: 0 };
  let diff = '';
  for (const kept of [...keptLines(a, b), ends]) {
    diff += hunk(
      { at: done.before, lines: a.slice(done.before, kept.before) },
      { at: done.after, lines: b.slice(done.after, kept.after) },
    );
    done = { before: kept.before + 1, after: kept.after + 1 };
  }
  return diff;
}

/** With their line breaks. */
function linesOf(text: string | null): string[] {
  return text?.match(/[^\n]*\n|[^\n]+$/g) ?? [];
}

interface Side {
  readonly at: number;
  readonly lines: readonly string[];
}

function hunk(before: Side, after: Side): string {
  return before.lines.length + after.lines.length === 0
    ? ''
    : `@@ -${rangeOf(before)} +${rangeOf(after)} @@\n${signed(
        '-',
        before,
      )}${signed('+', after)}`;
}

/** Nothing is told by the line before it. */
function rangeOf({ at, lines }: Side): string {
  return lines.length === 0 ? `${at},0` : `${at + 1},${lines.length}`;
}

function signed(sign: string, { lines }: Side): string {
  return lines
    .map(line =>
      line.endsWith('\n')
        ? `${sign}${line}`
        : `${sign}${line}\n\\ No newline at end of file\n`,
    )
    .join('');
}
