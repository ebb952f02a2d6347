/** What the fields say of a path and of those below it. */
class PathRule {
  readonly #path: string;
  readonly #rule: { names: readonly string[]; exclude: boolean };
  readonly #below = new Map<string, PathRule>();
  readonly #isNamed: boolean;
  readonly #isKept: boolean;

  constructor(
    path: string,
    rule: { names: readonly string[]; exclude: boolean },
  ) {
    this.#path = path;
    this.#rule = rule;
    this.#isNamed = rule.names.includes(path);
    // A prefix need not end at a dot.
    this.#isKept = rule.exclude
      ? !this.#isNamed
      : rule.names.some(name => name.startsWith(path));
  }

  filter(value: unknown): unknown {
    if (Array.isArray(value)) {
      return value.map(element => this.filter(element));
    }
    if (typeof value !== 'object' || value === null) return value;
    const kept: Record<string, unknown> = {};
    for (const [key, inner] of Object.entries(value)) {
      const below = this.#at(key);
      if (below.#isKept) {
        kept[key] = below.#isNamed ? inner : below.filter(inner);
      }
    }
    return kept;
  }

  keeps([key, ...rest]: readonly string[]): boolean {
    if (key === undefined) return true;
    const below = this.#at(key);
    return below.#isKept && (below.#isNamed || below.keeps(rest));
  }

  #at(key: string): PathRule {
    const known = this.#below.get(key);
    if (known) return known;
    const path = this.#path ? `${this.#path}.${key}` : key;
    const below = new PathRule(path, this.#rule);
    this.#below.set(key, below);
    return below;
  }
}

/**
 * Argo CD's generic `fields` filter of streams and managed resources: keeps
 * what is named, what is below it, and what leads there; arrays are
 * transparent. It filters an error chunk too: without `error` among the fields
 * that becomes `{}`.
 *
 * It remembers what the fields say of each path: a stream asks about the same
 * ones thousands of times.
 */
export class JsonFilter {
  readonly #root: PathRule | undefined;

  constructor(fields: string | null) {
    this.#root = fields
      ? new PathRule('', {
          exclude: fields.startsWith('-'),
          names: fields.replace(/^-/, '').split(','),
        })
      : undefined;
  }

  filter(value: unknown): unknown {
    return this.#root ? this.#root.filter(value) : value;
  }

  /** Whether anything at this path would be left. */
  keeps(path: string): boolean {
    return !this.#root || this.#root.keeps(path.split('.'));
  }
}
