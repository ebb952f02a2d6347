import { type FileEdit } from '../layouts/FileEdit';

/**
 * A file that edits made different; `null` stands for no such file.
 *
 * @public
 */
export interface EditedFile {
  readonly path: string;
  readonly before: string | null;
  readonly content: string | null;
}

/**
 * Makes edits, in order, and tells which files are different afterwards.
 *
 * @param files - every edited file's text by path, `null` where there is none
 *
 * @throws what an edit throws; then nothing is to be written.
 *
 * @public
 */
export function applyEdits(
  files: Readonly<Record<string, string | null>>,
  edits: readonly FileEdit[],
): EditedFile[] {
  const after = new Map<string, string | null>();
  for (const { path, edit } of edits) {
    const before = after.has(path) ? after.get(path) : files[path];
    after.set(path, edit(before ?? null));
  }
  return [...after]
    .map(([path, content]) => ({ path, before: files[path] ?? null, content }))
    .filter(({ before, content }) => content !== before);
}

/** Each edited file once. */
export function editedPaths(edits: readonly FileEdit[]): string[] {
  return [...new Set(edits.map(({ path }) => path))];
}
