/** Finds items by keys, of which each has none, one or many. */
export class ItemsByKey<T> {
  readonly #items = new Map<string, Set<T>>();

  add(keys: readonly string[], item: T): void {
    for (const key of keys) {
      const items = this.#items.get(key) ?? new Set();
      this.#items.set(key, items.add(item));
    }
  }

  remove(keys: readonly string[], item: T): void {
    for (const key of keys) {
      const items = this.#items.get(key);
      items?.delete(item);
      if (items?.size === 0) {
        this.#items.delete(key);
      }
    }
  }

  /** Items that have one of the keys, each once, in the order in which they were added. */
  get(keys: readonly string[]): T[] {
    const [key, ...others] = keys;
    if (key === undefined || others.length === 0) {
      return [...(this.#items.get(key ?? '') ?? [])];
    }
    return [
      ...new Set(keys.flatMap(each => [...(this.#items.get(each) ?? [])])),
    ];
  }

  /** How many have one of the keys; who has several of them counts for each. */
  count(keys: readonly string[]): number {
    return keys.reduce(
      (sum, key) => sum + (this.#items.get(key)?.size ?? 0),
      0,
    );
  }
}
