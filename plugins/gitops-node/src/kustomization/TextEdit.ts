/**
 * Replaces the text from `start` up to `end`. Without `end` it only inserts.
 */
export interface TextEdit {
  readonly start: number;
  readonly end?: number;
  readonly text: string;
}

/**
 * Applies edits that do not overlap; their offsets all mean the original text.
 */
export function applyEdits(text: string, edits: readonly TextEdit[]): string {
  return [...edits]
    .sort((a, b) => b.start - a.start)
    .reduce(
      (result, edit) =>
        result.slice(0, edit.start) +
        edit.text +
        result.slice(edit.end ?? edit.start),
      text,
    );
}
