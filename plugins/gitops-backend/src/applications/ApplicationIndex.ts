import { type Application } from './Application';

/** Finds applications by a property that each has none, one or many of. */
export class ApplicationIndex {
  readonly #keysOf: (application: Application) => readonly string[];
  readonly #ids = new Map<string, Set<string>>();

  constructor(keysOf: (application: Application) => readonly string[]) {
    this.#keysOf = keysOf;
  }

  add(application: Application): void {
    for (const key of this.#keysOf(application)) {
      const ids = this.#ids.get(key) ?? new Set();
      this.#ids.set(key, ids.add(application.id));
    }
  }

  remove(application: Application): void {
    for (const key of this.#keysOf(application)) {
      const ids = this.#ids.get(key);
      ids?.delete(application.id);
      if (ids?.size === 0) {
        this.#ids.delete(key);
      }
    }
  }

  ids(key: string): readonly string[] {
    return [...(this.#ids.get(key) ?? [])];
  }
}
