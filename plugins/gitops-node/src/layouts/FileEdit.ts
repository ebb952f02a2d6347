/**
 * A change of a file that can be made again on a newer version of it.
 *
 * @public
 */
export interface FileEdit {
  /** In the repository. */
  readonly path: string;
  /**
   * From the file's content to its new content; `null` stands for no such
   * file. Gives the same content back where there is nothing to do.
   *
   * @throws InputError where the file cannot be changed; the message names it.
   */
  edit(before: string | null): string | null;
}
