import { type FileChange } from '@callboard/backstage-plugin-gitops-common';
import { type FileEdit } from '../layouts/FileEdit';

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
): FileChange[] {
  const after = new Map<string, string | null>();
  for (const { path, edit } of edits) {
    const before = after.has(path) ? after.get(path) : files[path];
    after.set(path, edit(before ?? null));
  }
  return [...after]
    .filter(([path, content]) => content !== (files[path] ?? null))
    .map(([path, content]) => ({ path, content }));
}

/** Each edited file once. */
export function editedPaths(edits: readonly FileEdit[]): string[] {
  return [...new Set(edits.map(({ path }) => path))];
}
