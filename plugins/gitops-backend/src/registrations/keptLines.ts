/** A line that is in both texts, by its index in each. */
interface KeptLine {
  readonly before: number;
  readonly after: number;
}

/** How far each diagonal was followed: lines of the first text, by diagonal. */
type Reach = ReadonlyMap<number, number>;

/**
 * The lines that stay, in order: as many as possible.
 *
 * @remarks
 * Myers' greedy algorithm, whose cost grows with what changes and not with the
 * square of the texts: http://www.xmailserver.org/diff2.pdf. A diagonal `k` is
 * where a line of the first text has the index of the second one's plus `k`.
 */
export function keptLines(
  before: readonly string[],
  after: readonly string[],
): KeptLine[] {
  const steps: Reach[] = [];
  const reach = new Map([[1, 0]]);
  for (let changes = 0; ; changes += 1) {
    steps.push(new Map(reach));
    for (let k = -changes; k <= changes; k += 2) {
      let x = startOf(reach, k, changes);
      while (
        x < before.length &&
        x - k < after.length &&
        before[x] === after[x - k]
      ) {
        x += 1;
      }
      reach.set(k, x);
      if (x >= before.length && x - k >= after.length) {
        return walkBack(steps, before.length, after.length);
      }
    }
  }
}

/** The diagonal that a step with so many changes came from. */
function cameFrom(reach: Reach, k: number, changes: number): number {
  const left = reach.get(k - 1) ?? -1;
  const right = reach.get(k + 1) ?? -1;
  return k === -changes || (k !== changes && left < right) ? k + 1 : k - 1;
}

function startOf(reach: Reach, k: number, changes: number): number {
  const from = cameFrom(reach, k, changes);
  const x = reach.get(from) ?? 0;
  return from < k ? x + 1 : x;
}

function walkBack(
  steps: readonly Reach[],
  before: number,
  after: number,
): KeptLine[] {
  const kept: KeptLine[] = [];
  let x = before;
  let k = before - after;
  for (let changes = steps.length - 1; changes >= 0; changes -= 1) {
    const reach = steps[changes] ?? new Map();
    const start = startOf(reach, k, changes);
    for (; x > start; x -= 1) {
      kept.push({ before: x - 1, after: x - 1 - k });
    }
    const from = cameFrom(reach, k, changes);
    x = from < k ? start - 1 : start;
    k = from;
  }
  return kept.reverse();
}
