import { type ObjectStore } from './ObjectStore';
import { readTree } from './editTree';
import { isTree, type TreeEntry } from './objects';

/** Which files differ between two trees. */
interface ChangedFiles {
  readonly added: string[];
  readonly removed: string[];
  readonly modified: string[];
}

/** Compares two trees by name; undefined stands for no tree. Equal folders are not opened. */
export async function treeDiff(
  objects: ObjectStore,
  from: string | undefined,
  to: string | undefined,
): Promise<ChangedFiles> {
  const changes: ChangedFiles = { added: [], removed: [], modified: [] };
  await collect(objects, changes, { from, to, prefix: '' });
  return changes;
}

interface Pair {
  readonly from: string | undefined;
  readonly to: string | undefined;
  readonly prefix: string;
}

async function collect(
  objects: ObjectStore,
  changes: ChangedFiles,
  { from, to, prefix }: Pair,
): Promise<void> {
  if (from === to) return;
  const before = await entriesOf(objects, from);
  const after = await entriesOf(objects, to);
  for (const name of new Set([...before.keys(), ...after.keys()])) {
    const path = `${prefix}${name}`;
    await compare(objects, changes, {
      path,
      old: before.get(name),
      new: after.get(name),
    });
  }
}

interface Entries {
  readonly path: string;
  readonly old: TreeEntry | undefined;
  readonly new: TreeEntry | undefined;
}

async function compare(
  objects: ObjectStore,
  changes: ChangedFiles,
  { path, old: before, new: after }: Entries,
): Promise<void> {
  if (before?.sha === after?.sha && before?.mode === after?.mode) return;
  const list = listFor(changes, isFile(before), isFile(after));
  list?.push(path);
  const from = folderOf(before);
  const to = folderOf(after);
  if (from || to) {
    await collect(objects, changes, { from, to, prefix: `${path}/` });
  }
}

function listFor(
  changes: ChangedFiles,
  wasFile: boolean,
  isNowFile: boolean,
): string[] | undefined {
  if (wasFile) return isNowFile ? changes.modified : changes.removed;
  return isNowFile ? changes.added : undefined;
}

function isFile(entry: TreeEntry | undefined): boolean {
  return entry !== undefined && !isTree(entry);
}

function folderOf(entry: TreeEntry | undefined): string | undefined {
  return entry && isTree(entry) ? entry.sha : undefined;
}

async function entriesOf(
  objects: ObjectStore,
  tree: string | undefined,
): Promise<Map<string, TreeEntry>> {
  const entries = tree ? await readTree(objects, tree) : [];
  return new Map(entries.map(entry => [entry.name, entry]));
}
