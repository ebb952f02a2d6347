import { type FileEdit } from '../FileEdit';

/**
 * Files by path.
 */
export type Files = Readonly<Record<string, string>>;

/**
 * Applies edits to files as a commit does.
 */
export function commit(files: Files, edits: readonly FileEdit[]): Files {
  return edits.reduce<Files>((before, { path, edit }) => {
    const { [path]: content, ...others } = before;
    const after = edit(content ?? null);
    return after === null ? others : { ...others, [path]: after };
  }, files);
}
