import { type Observation } from './Observation';
import { type SeenObservation } from './ObservationStore';
import { firstOf } from './firstOf';

/** Observations that wait to be written; so many, and not more. */
export class Backlog {
  readonly #most: number;
  readonly #waiting = new Map<string, SeenObservation>();
  #dropped = 0;

  constructor(most: number) {
    this.#most = most;
  }

  get size(): number {
    return this.#waiting.size;
  }

  /** How many had no place since the beginning. */
  get dropped(): number {
    return this.#dropped;
  }

  /** @param observedAt - ISO 8601, UTC. */
  add(observation: Observation, observedAt: string): void {
    const key = keyOf(observation);
    const known = this.#waiting.get(key);
    if (known || this.#waiting.size < this.#most) {
      this.#waiting.set(key, { observedAt, ...known, ...observation });
    } else {
      this.#dropped += 1;
    }
  }

  /** The oldest ones; they stay until they are {@link settle | settled}. */
  batch(most: number): SeenObservation[] {
    return firstOf(this.#waiting.values(), most);
  }

  /** Forgets what is written. What was added to meanwhile waits again. */
  settle(written: readonly SeenObservation[]): void {
    for (const observation of written) {
      const key = keyOf(observation);
      if (this.#waiting.get(key) === observation) {
        this.#waiting.delete(key);
      }
    }
  }
}

function keyOf({ application, fact }: Observation): string {
  return `${application} ${fact}`;
}
