import { type ArgocdClient } from '../argocd/ArgocdClient';
import { failureOf } from '../argocd/ArgocdError';
import { type ApplicationStore } from './ApplicationStore';

/** With it, in any of its forms, an Application takes its workloads along. */
const RESOURCES_FINALIZER = 'resources-finalizer.argocd.argoproj.io';

/**
 * Reads from Argo CD whether deleting an Application deletes its workloads.
 * It asks for the present state: what is in memory may be a moment old, and
 * a moment decides.
 */
export class FinalizerReader {
  readonly #store: ApplicationStore;
  readonly #clients: ReadonlyMap<string, ArgocdClient>;

  constructor(options: {
    store: ApplicationStore;
    clients: ReadonlyMap<string, ArgocdClient>;
  }) {
    this.#store = options.store;
    this.#clients = options.clients;
  }

  /**
   * @param application - `project` is where it should be, for one that is not
   * known: without a project Argo CD does not tell missing from forbidden.
   */
  async read(application: {
    instance: string;
    namespace: string;
    name: string;
    project?: string;
  }): Promise<'present' | 'absent' | 'gone' | 'unknown'> {
    const { instance, namespace, name } = application;
    const known = this.#store.get(`${instance}/${namespace}/${name}`);
    const client = this.#clients.get(instance);
    if (!client) {
      return 'unknown';
    }
    try {
      const { metadata } = await client.get(known ?? application);
      const isPresent = metadata.finalizers?.some(
        finalizer => finalizer.split('/')[0] === RESOURCES_FINALIZER,
      );
      return isPresent ? 'present' : 'absent';
    } catch (error) {
      return failureOf(error) === 'missing' ? 'gone' : 'unknown';
    }
  }
}
