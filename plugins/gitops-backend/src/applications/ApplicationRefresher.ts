import { type LoggerService } from '@backstage/backend-plugin-api';
import { type ArgocdDetailClient } from '../argocd/ArgocdDetailClient';
import { detailOf, failureOf } from '../argocd/ArgocdError';
import { type Application } from './Application';
import { type ApplicationStore } from './ApplicationStore';
import { InstanceQueues } from './InstanceQueues';
import { applicationKey } from './applicationKeys';
import { everySource } from './everySource';
import { isSameRepository, parseRepositoryAddress } from './repositoryAddress';

/** A branch that changed. */
export interface ChangedBranch {
  readonly name: string;
  /** Whether it is the repository's main one. */
  readonly isDefault: boolean;
}

/** Which applications to look at again. */
interface RefreshMatch {
  readonly instance?: string;
  /** The repository of a source, in any spelling. */
  readonly repoURL: string;
  /** Folder of the source; default: any. */
  readonly path?: string;
  readonly branch?: ChangedBranch;
}

const REFRESHES_AT_ONCE = 8;

/**
 * Asks Argo CD to look at applications now, instead of at its next round,
 * which may be minutes away. What it finds arrives through the watchers.
 */
export class ApplicationRefresher {
  readonly #store: ApplicationStore;
  readonly #clients: ReadonlyMap<string, ArgocdDetailClient>;
  readonly #logger: LoggerService;
  readonly #queues = new InstanceQueues(REFRESHES_AT_ONCE);
  /** Refreshes that wait for their turn. */
  readonly #waiting = new Set<string>();

  constructor(options: {
    store: ApplicationStore;
    clients: ReadonlyMap<string, ArgocdDetailClient>;
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
      this.refreshOne(application, 'normal');
    }
  }

  /** Refreshes one application; `hard` also forgets what Argo CD rendered. */
  refreshOne(application: Application, kind: 'normal' | 'hard'): void {
    const key = `${kind} ${application.id}`;
    if (!this.#waiting.has(key)) {
      this.#waiting.add(key);
      void this.#queues.run(application.instance, () => {
        // From here on a change may come too late for this refresh.
        this.#waiting.delete(key);
        return this.#refresh(application, kind);
      });
    }
  }

  #find(match: RefreshMatch): Application[] {
    const address = parseRepositoryAddress(match.repoURL);
    if (!address) {
      return [];
    }
    const path = match.path?.replace(/^\/+|\/+$/g, '');
    const key =
      path === undefined
        ? applicationKey.repository(address.path)
        : applicationKey.folder(address.path, path);
    return this.#store.having([key]).filter(
      application =>
        (!match.instance || application.instance === match.instance) &&
        everySource(application).some(source => {
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

  async #refresh(
    application: Application,
    kind: 'normal' | 'hard',
  ): Promise<void> {
    try {
      await this.#clients.get(application.instance)?.refresh(application, kind);
    } catch (error) {
      this.#logger.debug('Argo CD did not confirm a refresh', {
        application: application.id,
        failure: failureOf(error),
        detail: detailOf(error),
      });
    }
  }
}

/** Whether a revision that is asked for is what the branch's newest commit is. */
export function follows(
  targetRevision: string,
  branch: ChangedBranch,
): boolean {
  const name = targetRevision.replace(/^refs\/heads\//, '');
  return name === branch.name || (name === 'HEAD' && branch.isDefault);
}
