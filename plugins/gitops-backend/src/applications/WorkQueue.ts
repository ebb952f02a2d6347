/** Runs work in the order it came, only so much at a time. */
export class WorkQueue {
  readonly #atOnce: number;
  readonly #opening: Promise<void> | undefined;
  readonly #waiting: (() => void)[] = [];
  #running = 0;

  /** @param opening - what all work waits for; default: nothing */
  constructor(atOnce: number, opening?: Promise<void>) {
    this.#atOnce = atOnce;
    this.#opening = opening;
  }

  async run<T>(work: () => Promise<T>): Promise<T> {
    await this.#opening;
    if (this.#running >= this.#atOnce) {
      // Whoever finishes hands its place on, so that nobody overtakes.
      await new Promise<void>(resolve => this.#waiting.push(resolve));
    } else {
      this.#running += 1;
    }
    try {
      return await work();
    } finally {
      const next = this.#waiting.shift();
      if (next) {
        next();
      } else {
        this.#running -= 1;
      }
    }
  }
}
