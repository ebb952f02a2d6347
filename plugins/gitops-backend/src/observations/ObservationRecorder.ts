import { type Application } from '../applications/Application';
import {
  type ApplicationChange,
  type ApplicationStore,
} from '../applications/ApplicationStore';
import { toPublicText } from '../deployments/toPublicText';
import { Backlog } from './Backlog';
import { type Observation } from './Observation';
import { deriveObservations, rememberedBy } from './deriveObservations';
import { firstOf } from './firstOf';

/** Each remembers a dozen observations at most. */
const APPLICATIONS_AT_ONCE = 10;
/** What happens later than this by our clock is not believed. */
const MOST_AHEAD_MS = 24 * 60 * 60_000;

/**
 * Takes note of what happens to applications, in memory. It never holds up
 * whoever tells it.
 */
export class ObservationRecorder {
  readonly backlog: Backlog;
  readonly #applications: Pick<ApplicationStore, 'get' | 'all'>;
  readonly #healthMessageOf: (application: Application) => string | undefined;
  readonly #onObserved: (instance: string, lagMs: number) => void;
  readonly #retentionMs: number;
  readonly #now: () => number;
  /**
   * Applications of which everything that they remember is noted later. Of a
   * whole fleet it would be too much at once.
   */
  readonly #unread = new Set<string>();
  /** By application, the fact that has been explained. */
  readonly #explained = new Map<string, string>();

  /**
   * @param options - `mostWaiting`: how many observations wait at most;
   * `healthMessageOf`: why an application is not healthy, as far as it is
   * known; `onObserved`: told how long after it happened something was seen.
   */
  constructor(options: {
    applications: Pick<ApplicationStore, 'get' | 'all'>;
    healthMessageOf: (application: Application) => string | undefined;
    onObserved: (instance: string, lagMs: number) => void;
    retentionMs: number;
    mostWaiting: number;
    now: () => number;
  }) {
    this.backlog = new Backlog(options.mostWaiting);
    this.#applications = options.applications;
    this.#healthMessageOf = options.healthMessageOf;
    this.#onObserved = options.onObserved;
    this.#retentionMs = options.retentionMs;
    this.#now = options.now;
  }

  /** Whether everything was handed out. */
  get isEmpty(): boolean {
    return this.backlog.size === 0 && this.#unread.size === 0;
  }

  note(change: ApplicationChange): void {
    const { before, after } = change;
    if (!before) {
      if (after) {
        this.#unread.add(after.id);
      }
    } else if (before === after) {
      this.#explain(after);
    } else {
      this.#noteChange(before, change);
    }
  }

  /** Reads some of the applications that are new; call it again and again. */
  readSome(): void {
    for (const id of firstOf(this.#unread, APPLICATIONS_AT_ONCE)) {
      this.#unread.delete(id);
      const application = this.#applications.get(id);
      if (application) {
        this.#take(rememberedBy(application));
        this.#explain(application);
      }
    }
  }

  /** Notes again what all applications remember. */
  readAllAgain(): void {
    this.#applications.all().forEach(({ id }) => this.#unread.add(id));
  }

  #noteChange(before: Application, change: ApplicationChange): void {
    if (this.#unread.delete(before.id)) {
      this.#take(rememberedBy(before));
    }
    const now = new Date(this.#now());
    const observations = deriveObservations(change, now.toISOString());
    for (const { at } of observations) {
      this.#onObserved(before.instance, now.getTime() - Date.parse(at));
    }
    this.#take(observations);
    if (!change.after) {
      this.#explained.delete(before.id);
    }
  }

  /** Adds why an application is not healthy; that is known a little later. */
  #explain(application: Application): void {
    const message = this.#healthMessageOf(application);
    if (!message || this.#unread.has(application.id)) {
      return;
    }
    const lost = rememberedBy(application).find(
      ({ what }) => what.kind === 'health' && what.outcome !== 'Healthy',
    );
    if (lost && this.#explained.get(application.id) !== lost.fact) {
      this.#explained.set(application.id, lost.fact);
      this.#take([{ ...lost, message: toPublicText(message) }]);
    }
  }

  #take(observations: readonly Observation[]): void {
    const now = this.#now();
    for (const observation of observations) {
      const at = Date.parse(observation.at);
      if (at > now - this.#retentionMs && at < now + MOST_AHEAD_MS) {
        this.backlog.add(observation, new Date(now).toISOString());
      }
    }
  }
}
