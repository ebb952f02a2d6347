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
  /** Added to every answer. */
  latencyMs: number;
}

const WELL: FaultState = {
  unauthorised: false,
  stopped: false,
  unavailable: false,
  limited: false,
  truncated: false,
  silent: false,
  latencyMs: 0,
};

/** Switches for trouble, for tests and for whoever wants to see what happens. */
export class Faults implements FaultState {
  unauthorised = WELL.unauthorised;
  stopped = WELL.stopped;
  unavailable = WELL.unavailable;
  limited = WELL.limited;
  truncated = WELL.truncated;
  silent = WELL.silent;
  latencyMs = WELL.latencyMs;
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

  /** Ends all streams, as a restarting server does. */
  dropStreams(): void {
    this.#onDrop.forEach(drop => drop());
  }
}
