/** What came from an Argo CD instance since the start; the metrics read it. */
export interface ArgocdTally {
  /** Of bodies, as they came over the wire. */
  receivedBytes: number;
  /** Told by the event stream, the first look at each application included. */
  events: number;
  /** Event streams that were opened; all but the first are reconnects. */
  streams: number;
  lists: number;
  /** Times that the instance could not be read. */
  failures: number;
}

/** One that has counted nothing yet. */
export function createTally(): ArgocdTally {
  return { receivedBytes: 0, events: 0, streams: 0, lists: 0, failures: 0 };
}
