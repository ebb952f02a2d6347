import { LRUCache } from 'lru-cache';
import { type Application } from './Application';

/** Which applications are wanted, kept up to date. */
export interface StandingQuery {
  /** In order. */
  readonly ids: readonly string[];
  /** When it was asked first; ISO 8601, UTC. */
  readonly since: string;
}

interface Kept extends StandingQuery {
  readonly ids: string[];
  readonly isWanted: (application: Application) => boolean;
}

/** Each costs a look at every change. */
const MOST_KEPT = 100;

/**
 * Answers questions that no index narrows down, such as who lacks a label: all
 * applications are looked at when somebody asks for the first time, and after
 * that only those that change.
 */
export class StandingQueries {
  readonly #kept = new LRUCache<string, Kept>({ max: MOST_KEPT });

  /** @param key - the same for questions with the same answer */
  ask(
    key: string,
    isWanted: (application: Application) => boolean,
    all: Iterable<Application>,
  ): StandingQuery {
    const known = this.#kept.get(key);
    if (known) {
      return known;
    }
    const ids: string[] = [];
    for (const application of all) {
      if (isWanted(application)) {
        ids.push(application.id);
      }
    }
    const kept = { ids: ids.sort(), isWanted, since: new Date().toISOString() };
    this.#kept.set(key, kept);
    return kept;
  }

  /** The answer, if it was asked before and is still kept. */
  peek(key: string): StandingQuery | undefined {
    return this.#kept.peek(key);
  }

  /** Takes in an application that came, changed or went. */
  follow(id: string, after: Application | undefined): void {
    for (const { ids, isWanted } of this.#kept.values()) {
      const at = placeOf(id, ids);
      const isThere = ids[at] === id;
      const isToBe = after !== undefined && isWanted(after);
      if (isThere !== isToBe) {
        ids.splice(at, isThere ? 1 : 0, ...(isToBe ? [id] : []));
      }
    }
  }
}

/** Where it is in a sorted list, or would be. */
function placeOf(id: string, ids: readonly string[]): number {
  let from = 0;
  let to = ids.length;
  while (from < to) {
    const middle = Math.floor((from + to) / 2);
    if ((ids[middle] ?? '') < id) {
      from = middle + 1;
    } else {
      to = middle;
    }
  }
  return from;
}
