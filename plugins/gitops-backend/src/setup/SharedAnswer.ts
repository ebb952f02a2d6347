/** Who asks for a fresh answer gets one that is not older than this. */
const FRESH_MS = 2_000;

/**
 * An answer that is worked out once for all who ask at the same time, and for a
 * while after: what it costs does not grow with who looks.
 */
export class SharedAnswer<T> {
  readonly #work: () => Promise<T>;
  readonly #keptMs: (answer: T) => number;
  readonly #now: () => number;
  #running: Promise<T> | undefined;
  #answer: { readonly value: T; readonly at: number } | undefined;

  constructor(options: {
    work: () => Promise<T>;
    keptMs: (answer: T) => number;
    now?: () => number;
  }) {
    this.#work = options.work;
    this.#keptMs = options.keptMs;
    this.#now = options.now ?? Date.now;
  }

  /** @param isFresh - whether the caller has a reason to believe that it changed */
  async get(isFresh: boolean = false): Promise<T> {
    const answer = this.#answer;
    if (answer && this.#now() - answer.at < this.#patience(answer, isFresh)) {
      return answer.value;
    }
    this.#running ??= this.#run().finally(() => {
      this.#running = undefined;
    });
    return this.#running;
  }

  #patience({ value }: { value: T }, isFresh: boolean): number {
    const keptMs = this.#keptMs(value);
    return isFresh ? Math.min(FRESH_MS, keptMs) : keptMs;
  }

  async #run(): Promise<T> {
    const value = await this.#work();
    this.#answer = { value, at: this.#now() };
    return value;
  }
}
