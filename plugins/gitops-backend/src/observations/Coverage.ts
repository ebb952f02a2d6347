import { randomUUID } from 'node:crypto';
import {
  type GapReason,
  type SourceState,
} from '@callboard/backstage-plugin-gitops-common';
import { type Interval } from './Interval';
import { deriveInterval, type Sight } from './deriveInterval';

/** When this replica observes each instance. */
export class Coverage {
  readonly #intervals = new Map<string, Interval>();
  /** Why an instance was not observed when it last was not. */
  readonly #reasons = new Map<string, GapReason>();
  #notBefore = '';

  /** Looks how each instance can be read now. */
  look(sights: readonly Sight[]): void {
    for (const sight of sights) {
      this.#lookAt(sight);
    }
  }

  /** The newest interval of each instance. */
  intervals(): Interval[] {
    return [...this.#intervals.values()];
  }

  /**
   * Ends all intervals, because not everything that was observed is written.
   *
   * @param until - from when on it will be again; ISO 8601, UTC.
   */
  interrupt(until: string): void {
    this.#notBefore = until;
    for (const { instance } of this.#intervals.values()) {
      this.#reasons.set(instance, 'not-written');
    }
    this.#intervals.clear();
  }

  #lookAt(sight: Sight): void {
    const { instance, source } = sight;
    if (source.state !== 'ok') {
      // Before the first look is over it has only just begun.
      if (this.#intervals.has(instance) || source.state !== 'stale') {
        this.#reasons.set(instance, reasonOf(source.state));
      }
      return;
    }
    const before = this.#intervals.get(instance);
    const interval = deriveInterval(before, sight, {
      id: randomUUID(),
      // Without any failure: it was silent, or has only begun.
      reason:
        this.#reasons.get(instance) ?? (before ? 'unreachable' : 'not-running'),
      notBefore: this.#notBefore,
    });
    if (interval) {
      this.#intervals.set(instance, interval);
      this.#reasons.delete(instance);
    }
  }
}

/** Why an instance in this state is not observed. */
export function reasonOf(state: SourceState): GapReason {
  return state === 'stale' || state === 'ok' ? 'no-events' : state;
}
