import { WorkQueue } from './WorkQueue';

/**
 * Runs work that asks Argo CD in the order it came, only so much at a time for
 * each instance: one that does not answer delays no other.
 */
export class InstanceQueues {
  readonly #atOnce: number;
  readonly #queues = new Map<string, WorkQueue>();

  /** @param atOnce - how much of each instance's work */
  constructor(atOnce: number) {
    this.#atOnce = atOnce;
  }

  run<T>(instance: string, work: () => Promise<T>): Promise<T> {
    const queue = this.#queues.get(instance) ?? new WorkQueue(this.#atOnce);
    this.#queues.set(instance, queue);
    return queue.run(work);
  }
}
