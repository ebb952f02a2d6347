import { createTwoFilesPatch, diffLines } from 'diff';

/** A line of a diff; its numbers count from one. */
interface DiffLine {
  readonly kind: 'same' | 'added' | 'removed';
  readonly before?: number;
  readonly after?: number;
  readonly text: string;
}

/** Lines to show, or lines that are the same and too many to be of interest. */
export interface DiffBlock {
  readonly kind: 'lines' | 'fold';
  /** Where it begins; tells the blocks of a diff apart. */
  readonly id: number;
  readonly lines: readonly DiffLine[];
}

/** Lines that stay around what differs. */
const CONTEXT = 3;

/** Texts that have more than this in difference have nothing in common to look for. */
const MOST_EDITS = 1_000;

/** The lines of two texts side by side, those far from a difference folded. */
export function diffBlocks(
  before: string,
  after: string,
): readonly DiffBlock[] {
  return fold(linesOf(before, after));
}

/** The difference as `diff -u` writes it. */
export function unifiedDiff(
  name: string,
  before: string,
  after: string,
): string {
  return createTwoFilesPatch(
    `live/${name}`,
    `desired/${name}`,
    before,
    after,
    undefined,
    undefined,
    { context: CONTEXT },
  );
}

function linesOf(before: string, after: string): readonly DiffLine[] {
  const parts = diffLines(before, after, { maxEditLength: MOST_EDITS }) ?? [
    { value: before, removed: true },
    { value: after, added: true },
  ];
  const lines: DiffLine[] = [];
  let left = 1;
  let right = 1;
  for (const { value, added, removed } of parts) {
    for (const text of splitLines(value)) {
      if (added) {
        lines.push({ kind: 'added', after: right++, text });
      } else if (removed) {
        lines.push({ kind: 'removed', before: left++, text });
      } else {
        lines.push({ kind: 'same', before: left++, after: right++, text });
      }
    }
  }
  return lines;
}

function splitLines(text: string): readonly string[] {
  return text === '' ? [] : text.replace(/\n$/, '').split('\n');
}

function fold(lines: readonly DiffLine[]): readonly DiffBlock[] {
  const changed = lines.flatMap(({ kind }, at) => (kind === 'same' ? [] : at));
  const shown = new Set(
    changed.flatMap(at =>
      Array.from({ length: 2 * CONTEXT + 1 }, (_, it) => at - CONTEXT + it),
    ),
  );
  const blocks: { kind: DiffBlock['kind']; id: number; lines: DiffLine[] }[] =
    [];
  lines.forEach((line, at) => {
    const kind = shown.has(at) ? 'lines' : 'fold';
    const last = blocks.at(-1);
    if (last?.kind === kind) {
      last.lines.push(line);
    } else {
      blocks.push({ kind, id: at, lines: [line] });
    }
  });
  return blocks;
}
