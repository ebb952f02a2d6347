/** Named timers: setting one again replaces it; none keeps the process alive. */
export class Timers {
  readonly #timers = new Map<string, NodeJS.Timeout>();
  #stopped = false;

  set(name: string, ms: number, task: () => void): void {
    if (this.#stopped) return;
    this.clear(name);
    const timer = setTimeout(() => {
      this.#timers.delete(name);
      task();
    }, ms);
    this.#timers.set(name, timer.unref());
  }

  has(name: string): boolean {
    return this.#timers.has(name);
  }

  clear(name: string): void {
    clearTimeout(this.#timers.get(name));
    this.#timers.delete(name);
  }

  stop(): void {
    this.#stopped = true;
    for (const name of [...this.#timers.keys()]) this.clear(name);
  }
}
