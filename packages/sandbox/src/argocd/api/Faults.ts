/** Switches for trouble, for tests. */
export interface Faults {
  /** Every token is refused. */
  unauthorised: boolean;
  /** Every request is answered with 503, as by a proxy in front of a server that is down. */
  unavailable: boolean;
  /** Added to every answer. */
  latencyMs: number;
  /** Answers end in the middle of their JSON. */
  truncated: boolean;
  /** Ends all streams, as a restarting server does. */
  dropStreams(): void;
}
