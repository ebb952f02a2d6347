import {
  type ApplicationName,
  applicationPath,
  type ArgocdCalls,
  checkedName,
  scopeOf,
} from './ArgocdCalls';
import { ArgocdError } from './ArgocdError';
import { toUnreachable } from './ArgocdTransport';
import {
  anyAnswer,
  applicationDetail,
  type ArgoDetail,
  type ArgoEvent,
  type ArgoProjectWindow,
  type ArgoResourceState,
  type ArgoRevisionMetadata,
  type ArgoSyncWindows,
  type ArgoTreeNode,
  eventList,
  projectWindows,
  resourceStates,
  resourceTree,
  revisionMetadata,
  syncWindowState,
} from './detailSchema';
import { isKubernetesName } from './kubernetesNames';
import { readLimited } from './readLimited';
import { type ArgoLogLine, readLogLines } from './readLogLines';

const MAX_LOG_BYTES = 4 * 1024 * 1024;
const REVISION = /^[\w.+-]{1,128}$/;

/** Which pod's log to read, and how much of it. */
interface LogQuery {
  readonly namespace: string;
  readonly pod: string;
  readonly container?: string;
  readonly previous: boolean;
  readonly lines: number;
}

/** An object of an application's resource tree, by what Argo CD finds its events. */
interface EventSubject {
  readonly name: string;
  /** Empty for what is in none. */
  readonly namespace: string;
  readonly uid: string;
}

/** A resource that a sync is limited to. */
interface SyncedResource {
  readonly group: string;
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
}

/** What a sync does, and for whom. */
interface SyncOptions {
  readonly prune: boolean;
  readonly dryRun: boolean;
  readonly resources?: readonly SyncedResource[];
  /** Written into the operation, where Argo CD shows it. */
  readonly infos: readonly { readonly name: string; readonly value: string }[];
}

/**
 * The part of Argo CD's API that is about one application: what is shown when
 * somebody opens it, and what people do with it.
 *
 * Every method throws an {@link ArgocdError} where the call fails.
 */
export class ArgocdDetailClient {
  readonly #calls: ArgocdCalls;

  constructor(calls: ArgocdCalls) {
    this.#calls = calls;
  }

  async get(name: ApplicationName): Promise<ArgoDetail> {
    return this.#calls.json(applicationDetail, {
      path: applicationPath(name),
      query: scopeOf(name),
    });
  }

  async tree(name: ApplicationName): Promise<ArgoTreeNode[]> {
    const { nodes } = await this.#calls.json(resourceTree, {
      path: [...applicationPath(name), 'resource-tree'],
      query: scopeOf(name),
    });
    return nodes ?? [];
  }

  /** Every managed resource as it is and as it should be; hooks excluded. */
  async states(name: ApplicationName): Promise<ArgoResourceState[]> {
    const { items } = await this.#calls.json(resourceStates, {
      path: [...applicationPath(name), 'managed-resources'],
      query: scopeOf(name),
    });
    return (items ?? []).filter(({ hook }) => !hook);
  }

  /**
   * What was noted lately about the application itself, or else about an object
   * of its resource tree: never about both.
   */
  async events(
    name: ApplicationName,
    about?: EventSubject,
  ): Promise<ArgoEvent[]> {
    const { items } = await this.#calls.json(eventList, {
      path: [...applicationPath(name), 'events'],
      query: {
        ...scopeOf(name),
        ...(about && {
          resourceName: about.name,
          resourceNamespace: about.namespace,
          resourceUID: about.uid,
        }),
      },
    });
    return items ?? [];
  }

  async syncWindows(name: ApplicationName): Promise<ArgoSyncWindows> {
    return this.#calls.json(syncWindowState, {
      path: [...applicationPath(name), 'syncwindows'],
      query: scopeOf(name),
    });
  }

  /** The windows of an AppProject, for all of its applications. */
  async projectWindows(project: string): Promise<ArgoProjectWindow[]> {
    const { spec } = await this.#calls.json(projectWindows, {
      path: ['projects', checkedName(project)],
    });
    return spec.syncWindows ?? [];
  }

  /** Who made a commit, and what its message says. */
  async revision(
    name: ApplicationName,
    at: { revision: string; sourceIndex: number },
  ): Promise<ArgoRevisionMetadata> {
    if (!REVISION.test(at.revision)) {
      throw new ArgocdError(
        'refused',
        'This is not a revision',
        'invalid revision',
      );
    }
    return this.#calls.json(revisionMetadata, {
      path: [...applicationPath(name), 'revisions', at.revision, 'metadata'],
      query: { ...scopeOf(name), sourceIndex: `${at.sourceIndex}` },
    });
  }

  /** The last lines that a pod logged, oldest first. */
  async log(name: ApplicationName, query: LogQuery): Promise<ArgoLogLine[]> {
    const { namespace, pod, container, previous, lines } = query;
    for (const given of [namespace, pod, container]) {
      if (given !== undefined && !isKubernetesName(given)) {
        throw new ArgocdError(
          'refused',
          'This is not the name of a pod or container',
          'invalid name',
        );
      }
    }
    const { body } = await this.#calls.send({
      path: [...applicationPath(name), 'pods', pod, 'logs'],
      query: {
        ...scopeOf(name),
        namespace,
        ...(container && { container }),
        ...(previous && { previous: 'true' }),
        tailLines: `${lines}`,
        follow: 'false',
      },
    });
    try {
      return readLogLines(await readLimited(body, MAX_LOG_BYTES));
    } catch (error) {
      throw toUnreachable(error);
    }
  }

  /** Begins a sync; Argo CD tells how it goes by the application's operation. */
  async sync(name: ApplicationName, options: SyncOptions): Promise<void> {
    const { prune, dryRun, resources, infos } = options;
    await this.#calls.json(anyAnswer, {
      method: 'POST',
      path: [...applicationPath(name), 'sync'],
      body: {
        ...scopeOf(name),
        prune,
        dryRun,
        infos,
        ...(resources && { resources }),
      },
    });
  }

  /**
   * Makes Argo CD look at the application's source, and waits until it has.
   * `hard` also forgets what it rendered, as remote bases need it.
   */
  async refresh(name: ApplicationName, kind: 'normal' | 'hard'): Promise<void> {
    await this.#calls.json(anyAnswer, {
      path: applicationPath(name),
      query: { ...scopeOf(name), refresh: kind },
      patience: 'refresh',
    });
  }

  async terminate(name: ApplicationName): Promise<void> {
    await this.#calls.json(anyAnswer, {
      method: 'DELETE',
      path: [...applicationPath(name), 'operation'],
      query: scopeOf(name),
    });
  }
}
