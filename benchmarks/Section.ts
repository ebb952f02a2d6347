/** A part of `docs/performance.md` that a benchmark writes. */
export interface Section {
  /** Between the comments `<!-- bench:name -->` and `<!-- /bench:name -->`. */
  readonly name: string;
  readonly markdown: string;
}

/** A table in Markdown. */
export function table(
  head: readonly string[],
  rows: readonly (readonly string[])[],
): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  const rule = head.map((_, index) => (index === 0 ? '---' : '---:'));
  return [line(head), line(rule), ...rows.map(line)].join('\n');
}
