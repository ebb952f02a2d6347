/** Ways in which the whole server can be in trouble, off at first. */
export interface FaultState {
  /** Every token is refused. */
  unauthorised: boolean;
  /** Connections are closed without an answer, as by a machine that is off. */
  stopped: boolean;
  /** Every request is answered with 503, as by a proxy in front of a server that is down. */
  unavailable: boolean;
  /** Every request is answered with 429, as by a proxy that protects the server. */
  limited: boolean;
  /** Answers end in the middle of their JSON. */
  truncated: boolean;
  /** Streams stay open and say nothing any more, not even that they are alive. */
  silent: boolean;
  /** Answers and events arrive a few bytes at a time. */
  dribbling: boolean;
  /** Streams live, but what changes is not told, as where a subscriber's buffer overflows. */
  lossy: boolean;
  /** So many requests are answered with 503 before all is well again. */
  failures: number;
  /** Added to every answer, and to a stream's first event. */
  latencyMs: number;
  /** The only path that is slow, as its route has it; empty for all of them. */
  slowRoute: string;
}

const WELL: FaultState = {
  unauthorised: false,
  stopped: false,
  unavailable: false,
  limited: false,
  truncated: false,
  silent: false,
  dribbling: false,
  lossy: false,
  failures: 0,
  latencyMs: 0,
  slowRoute: '',
};

/** Switches for trouble, for tests and for whoever wants to see what happens. */
export class Faults implements FaultState {
  unauthorised = WELL.unauthorised;
  stopped = WELL.stopped;
  unavailable = WELL.unavailable;
  limited = WELL.limited;
  truncated = WELL.truncated;
  silent = WELL.silent;
  dribbling = WELL.dribbling;
  lossy = WELL.lossy;
  failures = WELL.failures;
  latencyMs = WELL.latencyMs;
  slowRoute = WELL.slowRoute;
  readonly #onDrop = new Set<() => void>();

  /** Tells what has to happen when all streams end. */
  onDrop(drop: () => void): void {
    this.#onDrop.add(drop);
  }

  /** From now on these, and no others; open streams meet them, too. */
  set(state: Partial<FaultState>): void {
    Object.assign(this, WELL, state);
    const { unauthorised, stopped, unavailable, limited } = this;
    if (unauthorised || stopped || unavailable || limited) {
      this.dropStreams();
    }
  }

  /** Whether this request is one of those that fail. */
  takeFailure(): boolean {
    if (this.failures <= 0) return false;
    this.failures -= 1;
    return true;
  }

  /** How long the answer of a route is held back, in milliseconds. */
  delayOf(path: string | undefined): number {
    return this.slowRoute === '' || this.slowRoute === path
      ? this.latencyMs
      : 0;
  }

  /** Ends all streams, as a restarting server does. */
  dropStreams(): void {
    this.#onDrop.forEach(drop => drop());
  }
}
