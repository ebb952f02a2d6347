/** Events of the Git hosting make it shorter. */
const KEPT_MS = 30_000;

/** An answer that serves everybody for a while. */
export interface Kept<T> {
  readonly value: Promise<T>;
  readonly until: number;
}

/** What is kept, or what is taken now; what failed is not kept. */
export function keep<T>(
  kept: Map<string, Kept<T>>,
  key: string,
  take: () => Promise<T>,
): Promise<T> {
  const known = kept.get(key);
  if (known && known.until > Date.now()) {
    return known.value;
  }
  const taken = { value: take(), until: Date.now() + KEPT_MS };
  kept.set(key, taken);
  taken.value.catch(() => {
    if (kept.get(key) === taken) {
      kept.delete(key);
    }
  });
  return taken.value;
}
