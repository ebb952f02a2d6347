/**
 * Argo CD's globs, as AppProjects have them: `*` and `**`, where a separator
 * stops `*`, and `?`. https://github.com/gobwas/glob
 */
export function matchesGlob(
  glob: string,
  value: string,
  separator?: '/',
): boolean {
  const any = separator ? '[^/]*' : '.*';
  const one = separator ? '[^/]' : '.';
  const source = glob.replace(/\*\*|[*?]|[^*?]+/g, part => {
    switch (part) {
      case '**':
        return '.*';
      case '*':
        return any;
      case '?':
        return one;
      default:
        return part.replace(/[.+^${}()|[\]\\/]/g, '\\$&');
    }
  });
  return new RegExp(`^${source}$`, 's').test(value);
}

/** Whether a list of globs has the value; an entry with `!` takes it away. */
export function isListed(
  globs: readonly string[],
  matches: (glob: string) => boolean,
): boolean {
  return (
    globs.some(glob => !glob.startsWith('!') && matches(glob)) &&
    !globs.some(glob => glob.startsWith('!') && matches(glob.slice(1)))
  );
}
