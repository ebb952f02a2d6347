import { Deadline } from './Deadline';

/** How long a write may take from when it is asked for. */
const WRITE_PATIENCE_MS = 60_000;

/**
 * Lets writes to the same place happen one after the other, so that those of
 * this process never compete.
 */
export class WriteQueue {
  readonly #last = new Map<string, Promise<unknown>>();
  readonly #patienceMs: number;

  constructor(patienceMs: number = WRITE_PATIENCE_MS) {
    this.#patienceMs = patienceMs;
  }

  /**
   * Runs the work when everything before it at this place is finished.
   *
   * @throws ServiceUnavailableError where its turn comes too late.
   */
  async run<T>(
    place: string,
    work: (deadline: Deadline) => Promise<T>,
  ): Promise<T> {
    const deadline = new Deadline(place, Date.now() + this.#patienceMs);
    const before = this.#last.get(place) ?? Promise.resolve();
    const turn = before.then(() => {
      deadline.check();
      return work(deadline);
    });
    const settled = turn.then(
      () => undefined,
      () => undefined,
    );
    this.#last.set(place, settled);
    void settled.then(() => {
      if (this.#last.get(place) === settled) {
        this.#last.delete(place);
      }
    });
    return turn;
  }
}
