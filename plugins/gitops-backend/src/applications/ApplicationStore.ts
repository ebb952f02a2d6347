import { isDeepStrictEqual } from 'node:util';
import { type Application } from './Application';
import { ItemsByKey } from './ItemsByKey';
import { StandingQueries, type StandingQuery } from './StandingQueries';
import { applicationKey, keysOf } from './applicationKeys';

/** An application that came, changed or went. */
export interface ApplicationChange {
  readonly before?: Application;
  readonly after?: Application;
  /** Whether Argo CD told that it was deleted; lists only stop to have it. */
  readonly deleted?: boolean;
}

/**
 * All applications of all instances, in memory. Watchers fill it; everything
 * else reads it, so that a page view asks no Argo CD.
 */
export class ApplicationStore {
  readonly #byId = new Map<string, Application>();
  readonly #byKey = new ItemsByKey<Application>();
  readonly #standing = new StandingQueries();
  readonly #listeners = new Set<(change: ApplicationChange) => void>();

  get(id: string): Application | undefined {
    return this.#byId.get(id);
  }

  all(): Application[] {
    return [...this.#byId.values()];
  }

  ofInstance(instance: string): Application[] {
    return this.having([applicationKey.instance(instance)]);
  }

  byName(name: string): Application[] {
    return this.having([applicationKey.name(name)]);
  }

  /** Applications that have one of the keys, each once, without a look at the others. */
  having(keys: readonly string[]): Application[] {
    return this.#byKey.get(keys);
  }

  /** How many have one of the keys; who has several of them counts for each. */
  count(keys: readonly string[]): number {
    return this.#byKey.count(keys);
  }

  /**
   * The applications that are wanted, where no key leads to few of them. Only
   * the first question looks at all of them.
   *
   * @param key - the same for questions with the same answer
   */
  wanted(
    key: string,
    isWanted: (application: Application) => boolean,
  ): StandingQuery {
    return this.#standing.ask(key, isWanted, this.#byId.values());
  }

  /** The same, if somebody has asked for it. */
  peekWanted(key: string): StandingQuery | undefined {
    return this.#standing.peek(key);
  }

  put(application: Application): void {
    const before = this.#byId.get(application.id);
    if (before && isDeepStrictEqual(before, application)) {
      return;
    }
    if (before) {
      this.#byKey.remove(keysOf(before), before);
    }
    this.#byId.set(application.id, application);
    this.#byKey.add(keysOf(application), application);
    this.#standing.follow(application.id, application);
    this.#notify({ before, after: application });
  }

  remove(id: string, how: { deleted?: boolean } = {}): void {
    const before = this.#byId.get(id);
    if (before) {
      this.#byId.delete(id);
      this.#byKey.remove(keysOf(before), before);
      this.#standing.follow(id, undefined);
      this.#notify({ before, ...how });
    }
  }

  /** @returns what ends the subscription. */
  subscribe(listener: (change: ApplicationChange) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  #notify(change: ApplicationChange): void {
    this.#listeners.forEach(listener => listener(change));
  }
}
