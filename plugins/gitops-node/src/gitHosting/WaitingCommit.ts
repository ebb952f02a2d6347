import { type Change, type Committed } from './GitHosting';

/**
 * A commit that was asked for and waits to be made.
 */
export class WaitingCommit {
  readonly change: Change;
  readonly done: Promise<Committed>;
  #settled = false;
  #resolve: (done: Committed) => void = () => {};
  #reject: (error: unknown) => void = () => {};

  constructor(change: Change) {
    this.change = change;
    this.done = new Promise((resolve, reject) => {
      this.#resolve = resolve;
      this.#reject = reject;
    });
  }

  get isSettled(): boolean {
    return this.#settled;
  }

  finish(done: Committed): void {
    this.#settled = true;
    this.#resolve(done);
  }

  fail(error: unknown): void {
    this.#settled = true;
    this.#reject(error);
  }
}
