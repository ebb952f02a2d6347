/** A line that a container wrote, and when, in milliseconds since the epoch. */
export interface LogLine {
  at: number;
  text: string;
}

/** From when to when a container ran. */
export interface Run {
  startedAt: number;
  /** Until now while it runs. */
  endedAt: number;
  exitCode?: number;
}
