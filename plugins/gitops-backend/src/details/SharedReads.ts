import { LRUCache } from 'lru-cache';
import { type Application } from '../applications/Application';
import { InstanceQueues } from '../applications/InstanceQueues';

const KEPT_MS = 5_000;
const MOST = 500;
const READS_AT_ONCE = 4;

interface Context {
  readonly instance: string;
  read(): Promise<object>;
}

/**
 * What was read from an Argo CD instance because somebody opened an
 * application: once for all who look at the same time, and for a moment after.
 * Instances are asked independently of each other.
 */
export class SharedReads {
  readonly #queues = new InstanceQueues(READS_AT_ONCE);
  readonly #cache = new LRUCache<string, object, Context>({
    max: MOST,
    ttl: KEPT_MS,
    // Who waits for something that is forgotten meanwhile gets it all the same.
    ignoreFetchAbort: true,
    fetchMethod: (_key, _stale, { context }) =>
      this.#queues.run(context.instance, () => context.read()),
  });

  /** @param what - tells the reads of one application apart */
  async read<T extends object>(
    { id, instance }: Pick<Application, 'id' | 'instance'>,
    what: string,
    read: () => Promise<T>,
  ): Promise<T> {
    const value = await this.#cache.forceFetch(`${id} ${what}`, {
      context: { instance, read },
    });
    return value as T;
  }

  /** The application changed: what was read of it counts no more. */
  forget(applicationId: string): void {
    for (const key of this.#cache.keys()) {
      if (key.startsWith(`${applicationId} `)) {
        this.#cache.delete(key);
      }
    }
  }
}
