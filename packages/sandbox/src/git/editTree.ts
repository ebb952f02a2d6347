import { InputError } from '@backstage/errors';
import { type ObjectStore } from './ObjectStore';
import {
  EMPTY_TREE,
  formatTree,
  isTree,
  parseTree,
  TREE_MODE,
  type TreeEntry,
} from './objects';

/** What shall be at a path: an entry, or nothing. */
export interface TreeEdit {
  readonly path: string;
  readonly entry: Pick<TreeEntry, 'mode' | 'sha'> | null;
}

interface Pending {
  entry?: TreeEdit['entry'];
  readonly children: Map<string, Pending>;
}

/**
 * Writes the tree that the edits make of a base, and answers its name. Folders
 * that become empty disappear, as Git's index would have it.
 *
 * @throws InputError for a path that no tree can hold.
 */
export async function editTree(
  objects: ObjectStore,
  base: string,
  edits: readonly TreeEdit[],
): Promise<string> {
  const root: Pending = { children: new Map() };
  for (const edit of edits) place(root, edit);
  return (await applied(objects, base, root)) ?? writeTree(objects, []);
}

async function applied(
  objects: ObjectStore,
  base: string | undefined,
  pending: Pending,
): Promise<string | undefined> {
  const entries = new Map<string, TreeEntry>();
  for (const entry of base ? await readTree(objects, base) : []) {
    entries.set(entry.name, entry);
  }
  for (const [name, child] of pending.children) {
    const entry = await replacement(objects, entries.get(name), child);
    if (entry) entries.set(name, { ...entry, name });
    else entries.delete(name);
  }
  return entries.size === 0
    ? undefined
    : writeTree(objects, [...entries.values()]);
}

async function replacement(
  objects: ObjectStore,
  before: TreeEntry | undefined,
  pending: Pending,
): Promise<Pick<TreeEntry, 'mode' | 'sha'> | undefined> {
  if (pending.children.size === 0) return pending.entry ?? undefined;
  const folder = pending.entry === undefined ? before : pending.entry;
  const base = folder?.mode.endsWith(TREE_MODE) ? folder.sha : undefined;
  const sha = await applied(objects, base, pending);
  return sha ? { mode: TREE_MODE, sha } : undefined;
}

export async function readTree(
  objects: ObjectStore,
  sha: string,
): Promise<TreeEntry[]> {
  if (sha === EMPTY_TREE) return [];
  const object = await objects.read(sha);
  return object?.type === 'tree' ? parseTree(object.body) : [];
}

function writeTree(
  objects: ObjectStore,
  entries: readonly TreeEntry[],
): Promise<string> {
  return objects.write({ type: 'tree', body: formatTree(entries) });
}

function place(root: Pending, { path, entry }: TreeEdit): void {
  const parts = path.split('/');
  if (
    parts.some(
      part => ['', '.', '..', '.git'].includes(part) || part.includes('\0'),
    )
  ) {
    throw new InputError(`tree.path contains a malformed path component`);
  }
  let at = root;
  for (const part of parts) {
    const next = at.children.get(part) ?? { children: new Map() };
    at.children.set(part, next);
    at = next;
  }
  at.entry = entry;
}

/** A file found in a tree. */
interface FoundFile extends TreeEntry {
  readonly path: string;
}

/** Everything below a tree, folders included, in Git's order. */
export async function walkTree(
  objects: ObjectStore,
  sha: string,
  prefix = '',
): Promise<FoundFile[]> {
  const found: FoundFile[] = [];
  for (const entry of await readTree(objects, sha)) {
    const path = `${prefix}${entry.name}`;
    found.push({ ...entry, path });
    if (isTree(entry)) {
      found.push(...(await walkTree(objects, entry.sha, `${path}/`)));
    }
  }
  return found;
}
