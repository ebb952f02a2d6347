import { type Broadcast } from './createBroadcast';

const COALESCE_MS = 250;
/** A list of all who are in some state is more work than one entity's. */
const GAP_MS = 15_000;
/** Nobody is told who has not asked for so long. */
const REMEMBERED_MS = 24 * 60 * 60_000;

/** Tells browsers that some deployment may be in another state, not which. */
export class StateSignals {
  readonly channel = 'gitops:states';
  readonly #broadcast: Broadcast;
  readonly #now: () => number;
  #askedAt = -Infinity;
  #toldAt = -Infinity;
  #timer: NodeJS.Timeout | undefined;

  constructor(broadcast: Broadcast, now: () => number) {
    this.#broadcast = broadcast;
    this.#now = now;
  }

  /** Remembers that somebody looks at states. */
  watch(): void {
    this.#askedAt = this.#now();
  }

  /** Signals soon; where it did so just now, when the gap is over. */
  changed(): void {
    const now = this.#now();
    if (this.#timer || this.#askedAt < now - REMEMBERED_MS) {
      return;
    }
    const wait = Math.max(COALESCE_MS, this.#toldAt + GAP_MS - now);
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      this.#toldAt = this.#now();
      void this.#broadcast(this.channel, this.#toldAt);
    }, wait).unref();
  }

  stop(): void {
    clearTimeout(this.#timer);
  }
}
