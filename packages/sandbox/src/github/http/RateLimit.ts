const LIMIT = 15_000;
const WINDOW_MS = 3_600_000;

interface Window {
  readonly endsAt: number;
  used: number;
}

/** Counts calls per account and hour and says so in headers. Refuses nobody. */
export class RateLimit {
  readonly #windows = new Map<string, Window>();

  /** Headers for the account's next answer. */
  count(account: string): Record<string, string> {
    const window = this.#windowOf(account);
    window.used = Math.min(window.used + 1, LIMIT - 1);
    return {
      'x-ratelimit-limit': String(LIMIT),
      'x-ratelimit-remaining': String(LIMIT - window.used),
      'x-ratelimit-reset': String(Math.ceil(window.endsAt / 1000)),
      'x-ratelimit-used': String(window.used),
      'x-ratelimit-resource': 'core',
    };
  }

  #windowOf(account: string): Window {
    const known = this.#windows.get(account);
    if (known && known.endsAt > Date.now()) return known;
    const fresh = { endsAt: Date.now() + WINDOW_MS, used: 0 };
    this.#windows.set(account, fresh);
    return fresh;
  }
}
