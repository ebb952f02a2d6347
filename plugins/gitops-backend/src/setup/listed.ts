/** Longer lists help nobody. */
const MOST = 5;

/** `a, b and c`, or so many that one has an idea of them. */
export function listed(names: readonly string[]): string {
  const more = names.length - MOST;
  const shown = more > 0 ? [...names.slice(0, MOST), `${more} more`] : names;
  return [shown.slice(0, -1).join(', '), shown.at(-1)]
    .filter(Boolean)
    .join(' and ');
}
