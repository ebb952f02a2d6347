/** Work by key: one run at a time for each, the most thorough level asked for wins. */
export class WorkQueue<Level extends number> {
  readonly #work: (key: string, level: Level) => Promise<void>;
  readonly #atOnce: number;
  readonly #waiting = new Map<string, Level>();
  readonly #running = new Set<string>();
  readonly #idle: (() => void)[] = [];
  #stopped = false;

  constructor(
    atOnce: number,
    work: (key: string, level: Level) => Promise<void>,
  ) {
    this.#atOnce = atOnce;
    this.#work = work;
  }

  add(key: string, level: Level): void {
    if (this.#stopped) return;
    const waiting = this.#waiting.get(key);
    if (waiting === undefined || waiting < level) {
      this.#waiting.set(key, level);
    }
    this.#next();
  }

  /** Whether the key will be worked on again after the run that may be under way. */
  waits(key: string): boolean {
    return this.#waiting.has(key);
  }

  get size(): number {
    return this.#waiting.size + this.#running.size;
  }

  /** Resolves when nothing waits or runs. */
  idle(): Promise<void> {
    if (this.size === 0) return Promise.resolve();
    return new Promise(resolve => this.#idle.push(resolve));
  }

  /** Takes nothing new and waits for what runs. */
  stop(): Promise<void> {
    this.#stopped = true;
    this.#waiting.clear();
    return this.idle();
  }

  #next(): void {
    for (const [key, level] of this.#waiting) {
      if (this.#running.size >= this.#atOnce) return;
      if (this.#running.has(key)) continue;
      this.#waiting.delete(key);
      this.#running.add(key);
      this.#work(key, level)
        .finally(() => this.#done(key))
        .catch(() => {});
    }
  }

  #done(key: string): void {
    this.#running.delete(key);
    this.#next();
    if (this.size === 0) this.#idle.splice(0).forEach(resolve => resolve());
  }
}
