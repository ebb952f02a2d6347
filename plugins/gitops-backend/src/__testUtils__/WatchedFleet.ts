import { type Application } from '../applications/Application';
import { ApplicationStore } from '../applications/ApplicationStore';

/** Applications in a store that tell which of them are looked at. */
export class WatchedFleet {
  readonly store = new ApplicationStore();
  readonly #looked = new Set<string>();

  constructor(applications: readonly Application[]) {
    applications.forEach(each => this.store.put(this.#watched(each)));
  }

  /** How many are looked at while something is worked out. */
  lookedAtBy(work: () => void): number {
    this.#looked.clear();
    work();
    return this.#looked.size;
  }

  #watched(original: Application): Application {
    return new Proxy(original, {
      get: (target, property, receiver) => {
        this.#looked.add(target.id);
        return Reflect.get(target, property, receiver);
      },
    });
  }
}
