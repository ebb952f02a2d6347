import { type LoggerService } from '@backstage/backend-plugin-api';
import { type ArgocdClient } from '../argocd/ArgocdClient';
import { detailOf, failureOf } from '../argocd/ArgocdError';
import { type Application } from './Application';
import { type ApplicationStore } from './ApplicationStore';
import { WorkQueue } from './WorkQueue';
import { isSameRepository, parseRepositoryAddress } from './repositoryAddress';

/** Which applications to look at again. */
interface RefreshMatch {
  readonly instance?: string;
  /** The repository of a source, in any spelling. */
  readonly repoURL: string;
  /** Folder of the source; default: any. */
  readonly path?: string;
  /** Branch that changed, and whether it is the repository's main one. */
  readonly branch?: { readonly name: string; readonly isDefault: boolean };
}

const REFRESHES_AT_ONCE = 8;

/**
 * Asks Argo CD to look at applications now, instead of at its next round,
 * which may be minutes away. What it finds arrives through the watchers.
 */
export class ApplicationRefresher {
  readonly #store: ApplicationStore;
  readonly #clients: ReadonlyMap<string, ArgocdClient>;
  readonly #logger: LoggerService;
  readonly #queue = new WorkQueue(REFRESHES_AT_ONCE);
  /** Applications that wait for their turn. */
  readonly #waiting = new Set<string>();

  constructor(options: {
    store: ApplicationStore;
    clients: ReadonlyMap<string, ArgocdClient>;
    logger: LoggerService;
  }) {
    this.#store = options.store;
    this.#clients = options.clients;
    this.#logger = options.logger;
  }

  /**
   * Refreshes the applications that match. It returns at once: a refresh may
   * take a minute, and a failed one only means to wait for Argo CD's own.
   */
  async refresh(match: RefreshMatch): Promise<void> {
    for (const application of this.#find(match)) {
      if (!this.#waiting.has(application.id)) {
        this.#waiting.add(application.id);
        void this.#queue.run(() => this.#refreshOne(application));
      }
    }
  }

  #find(match: RefreshMatch): Application[] {
    const address = parseRepositoryAddress(match.repoURL);
    if (!address) {
      return [];
    }
    const path = match.path?.replace(/^\/+|\/+$/g, '');
    return this.#store.byRepositoryPath(address.path).filter(
      ({ instance, sources }) =>
        (!match.instance || instance === match.instance) &&
        sources.some(source => {
          const other = parseRepositoryAddress(source.repo);
          return (
            other &&
            isSameRepository(address, other) &&
            (path === undefined || source.path === path) &&
            (!match.branch || follows(source.targetRevision, match.branch))
          );
        }),
    );
  }

  async #refreshOne(application: Application): Promise<void> {
    // From here on a change may come too late for this refresh.
    this.#waiting.delete(application.id);
    try {
      await this.#clients.get(application.instance)?.refresh(application);
    } catch (error) {
      this.#logger.debug('Argo CD did not confirm a refresh', {
        application: application.id,
        failure: failureOf(error),
        detail: detailOf(error),
      });
    }
  }
}

function follows(
  targetRevision: string,
  branch: NonNullable<RefreshMatch['branch']>,
): boolean {
  const name = targetRevision.replace(/^refs\/heads\//, '');
  return name === branch.name || (name === 'HEAD' && branch.isDefault);
}
