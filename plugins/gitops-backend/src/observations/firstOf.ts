/** So many of them, without going through the others. */
export function firstOf<T>(all: Iterable<T>, most: number): T[] {
  const first: T[] = [];
  for (const item of all) {
    if (first.length >= most) break;
    first.push(item);
  }
  return first;
}
