import { type ResourceResult } from '../Application';

export interface Course {
  signal: AbortSignal;
  /** Says what it waits for, and what came of everything until now. */
  progress(message: string, results?: readonly ResourceResult[]): void;
}
