/**
 * Where a new entry goes in a list: in order where the list is sorted, else in
 * order among the entries of its own folder or organisation where those are
 * sorted, else at the end.
 *
 * @remarks
 * Two pull requests that add to different gaps merge; two that append to the
 * same end always conflict. A list such as `project.yaml`, `apps/a.yaml`,
 * `apps/b.yaml` is not sorted as a whole, but new applications have their
 * place in it.
 */
export function sortedPosition(
  present: readonly string[],
  added: string,
): number {
  const all = present.map((value, index) => ({ value, index }));
  if (present.length > 1 && isSorted(all)) {
    return positionAmong(all, added);
  }
  const folder = folderOf(added);
  const siblings = all.filter(({ value }) => folderOf(value) === folder);
  return folder && siblings.length > 0 && isSorted(siblings)
    ? positionAmong(siblings, added)
    : present.length;
}

interface Placed {
  readonly value: string;
  readonly index: number;
}

function isSorted(entries: readonly Placed[]): boolean {
  return entries.every(({ value }, index) => {
    const next = entries[index + 1];
    return !next || value <= next.value;
  });
}

function positionAmong(sorted: readonly Placed[], added: string): number {
  const next = sorted.find(({ value }) => value > added);
  return next ? next.index : (sorted.at(-1)?.index ?? -1) + 1;
}

const REMOTE_OWNER = /^[^/]*\/\/[^/]+\/[^/]+\//;

function folderOf(entry: string): string {
  return (
    REMOTE_OWNER.exec(entry)?.[0] ?? entry.slice(0, entry.lastIndexOf('/') + 1)
  );
}
