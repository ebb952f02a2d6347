import { readFile, writeFile } from 'node:fs/promises';
import { format, resolveConfig } from 'prettier';
import { type Section } from './Section';

/**
 * Puts what was measured into a page, between its comments.
 *
 * @throws TypeError where the page has no place for a section.
 */
export async function writeSections(
  file: string,
  sections: readonly Section[],
): Promise<void> {
  const before = await readFile(file, 'utf8');
  const after = sections.reduce(replace, before);
  const style = await resolveConfig(file);
  await writeFile(file, format(after, { ...style, parser: 'markdown' }));
}

function replace(page: string, { name, markdown }: Section): string {
  const [begin, end] = [`<!-- bench:${name} -->`, `<!-- /bench:${name} -->`];
  const from = page.indexOf(begin);
  const to = page.indexOf(end);
  if (from < 0 || to < from) {
    throw new TypeError(`There is no ${begin} with its ${end} in the page`);
  }
  return `${page.slice(0, from + begin.length)}\n\n${markdown}\n\n${page.slice(
    to,
  )}`;
}
