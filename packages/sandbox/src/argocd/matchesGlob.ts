/** Globs as Argo CD's projects and policies use them: `*` stands for anything, `?` for one character. */
export function matchesGlob(glob: string, value: string): boolean {
  return expression(glob, '.*').test(value);
}

/** For repository addresses `*` stops at a slash, `**` does not; `*` alone is everything. */
export function matchesUrlGlob(glob: string, url: string): boolean {
  return glob === '*' || expression(glob, '[^/]*').test(normalized(url));
}

/** Of the few globs that policies and projects hold, each asked about every application. */
const known = new Map<string, RegExp>();

function expression(glob: string, star: string): RegExp {
  const key = `${star} ${glob}`;
  const found = known.get(key) ?? translated(glob, star);
  known.set(key, found);
  return found;
}

function translated(glob: string, star: string): RegExp {
  const source = glob
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replace(/\*\*|\*|\?/g, token => {
      if (token === '?') return '.';
      return token === '*' ? star : '.*';
    });
  return new RegExp(`^${source}$`, 's');
}

function normalized(url: string): string {
  return url.replace(/\.git$/, '').replace(/\/$/, '');
}
