import { type LoggerService } from '@backstage/backend-plugin-api';
import { type Source } from '@callboard/backstage-plugin-gitops-common';
import {
  type ArgocdInstance,
  type EnvironmentConfig,
  serviceOfNamespace,
} from '@callboard/backstage-plugin-gitops-node';
import { ArgocdCalls } from '../argocd/ArgocdCalls';
import { ArgocdClient } from '../argocd/ArgocdClient';
import { ArgocdDetailClient } from '../argocd/ArgocdDetailClient';
import { ArgocdError } from '../argocd/ArgocdError';
import { ArgocdSetupClient } from '../argocd/ArgocdSetupClient';
import { type ArgocdTally, createTally } from '../argocd/ArgocdTally';
import { type Application } from './Application';
import {
  type ApplicationDetails,
  type RootContent,
} from './ApplicationDetails';
import { ApplicationRefresher } from './ApplicationRefresher';
import { type ApplicationChange, ApplicationStore } from './ApplicationStore';
import { ApplicationWatcher, type WatcherTimings } from './ApplicationWatcher';
import { DetailReader, type RootRecognition } from './DetailReader';
import { FinalizerReader } from './FinalizerReader';
import { InstanceStatus } from './InstanceStatus';
import { type Backoff } from './backoff';
import { isRootOf } from './isRootOf';

/** What there is to know about one instance. */
export interface InstanceView {
  readonly name: string;
  /** Of its user interface. */
  readonly url: string;
  readonly source: Source;
  /** When it last gave a sign of life; ISO 8601, UTC. */
  readonly heardAt: string;
  readonly tally: Readonly<ArgocdTally>;
}

/** An environment's root application, with what it deploys by itself. */
export interface RootApplication {
  readonly application: Application;
  readonly content: RootContent;
}

interface Connection {
  readonly instance: ArgocdInstance;
  readonly calls: ArgocdCalls;
  readonly client: ArgocdClient;
  readonly detailClient: ArgocdDetailClient;
  readonly setupClient: ArgocdSetupClient;
  readonly status: InstanceStatus;
  readonly tally: ArgocdTally;
  readonly watcher: ApplicationWatcher;
  readonly details: DetailReader;
}

/**
 * Everything that is known from Argo CD: one watcher for each instance fills
 * the store, and the details of what changed are read once for all readers.
 */
export class ApplicationHub {
  readonly store = new ApplicationStore();
  readonly refresher: ApplicationRefresher;
  readonly finalizers: FinalizerReader;
  readonly #connections: ReadonlyMap<string, Connection>;
  readonly #applicationListeners = new Set<
    (change: ApplicationChange) => void
  >();
  readonly #sourceListeners = new Set<(instance: string) => void>();

  constructor(options: {
    instances: readonly ArgocdInstance[];
    /** Those whose root applications are looked into; default: none. */
    environments?: readonly EnvironmentConfig[];
    logger: LoggerService;
    timings?: WatcherTimings;
    /** Between two looks at what a root deploys. */
    lookAgainMs?: number;
    /** Between two looks at the pods of an application that is on the way. */
    looksAtPods?: Backoff;
  }) {
    const { instances, logger } = options;
    this.#connections = new Map(
      instances.map(instance => [
        instance.name,
        this.#connect(instance, options),
      ]),
    );
    const clients = new Map(
      [...this.#connections].map(([name, { client }]) => [name, client]),
    );
    const detailClients = new Map(
      [...this.#connections].map(([name, { detailClient }]) => [
        name,
        detailClient,
      ]),
    );
    const { store } = this;
    this.refresher = new ApplicationRefresher({
      store,
      clients: detailClients,
      logger,
    });
    this.finalizers = new FinalizerReader({ store, clients });
    this.store.subscribe(change => this.#onStoreChange(change));
  }

  get instances(): InstanceView[] {
    return [...this.#connections.values()].map(
      ({ instance, status, tally }) => ({
        name: instance.name,
        url: instance.url,
        source: status.source,
        heardAt: status.heardAt,
        tally,
      }),
    );
  }

  /** Environments' root applications that deploy something by themselves. */
  get roots(): RootApplication[] {
    return [...this.#connections.values()].flatMap(({ details }) =>
      details.roots.flatMap(({ id, content }) => {
        const application = this.store.get(id);
        return application && content.inventory.hasWorkloads
          ? [{ application, content }]
          : [];
      }),
    );
  }

  detailsOf(application: Application): ApplicationDetails {
    return (
      this.#connections
        .get(application.instance)
        ?.details.detailsOf(application) ?? {}
    );
  }

  /**
   * For questions about, and actions on, one of the instance's applications.
   *
   * @throws ArgocdError where there is no such instance.
   */
  detailClientOf(instance: string): ArgocdDetailClient {
    const connection = this.#connections.get(instance);
    if (!connection) {
      throw new ArgocdError(
        'missing',
        'There is no such Argo CD instance',
        'unknown instance',
      );
    }
    return connection.detailClient;
  }

  /** For questions about the instances themselves, in their order. */
  get setupClients(): ReadonlyMap<string, ArgocdSetupClient> {
    return new Map(
      [...this.#connections].map(([name, { setupClient }]) => [
        name,
        setupClient,
      ]),
    );
  }

  /** Tells of every application whose facts or details changed. */
  onApplicationChange(listener: (change: ApplicationChange) => void): void {
    this.#applicationListeners.add(listener);
  }

  /** Tells of every instance that can be read better or worse than before. */
  onSourceChange(listener: (instance: string) => void): void {
    this.#sourceListeners.add(listener);
  }

  /** Takes over credentials that were changed while the backend runs. */
  reauthenticate(instances: readonly ArgocdInstance[]): void {
    for (const { name, auth } of instances) {
      this.#connections.get(name)?.calls.authenticate(auth);
    }
  }

  start(): void {
    this.#connections.forEach(({ watcher }) => watcher.start());
  }

  /** Resolves when every instance was listed, or could not be, once. */
  async looked(): Promise<void> {
    await Promise.all(
      [...this.#connections.values()].map(({ watcher }) => watcher.looked),
    );
  }

  async stop(): Promise<void> {
    await Promise.all(
      [...this.#connections.values()].map(async connection => {
        await connection.watcher.stop();
        connection.details.stop();
        await connection.calls.close();
      }),
    );
  }

  #connect(
    instance: ArgocdInstance,
    options: {
      environments?: readonly EnvironmentConfig[];
      logger: LoggerService;
      timings?: WatcherTimings;
      lookAgainMs?: number;
      looksAtPods?: Backoff;
    },
  ): Connection {
    const { logger, timings, environments = [] } = options;
    const { name } = instance;
    const tally = createTally();
    const calls = new ArgocdCalls({
      ...instance,
      onReceived: bytes => {
        tally.receivedBytes += bytes;
      },
    });
    const client = new ArgocdClient(calls, instance.scope);
    const status = new InstanceStatus({
      instance: name,
      onChange: () => this.#sourceListeners.forEach(listen => listen(name)),
    });
    const watcher = new ApplicationWatcher({
      instance: name,
      client,
      store: this.store,
      status,
      logger,
      tally,
      timings,
    });
    const detailClient = new ArgocdDetailClient(calls);
    const details = new DetailReader({
      ...options,
      client,
      treeClient: detailClient,
      recognise: recogniseRootsOf(environments),
      listed: watcher.looked,
      onChange: id => {
        const application = this.store.get(id);
        this.#tell({ before: application, after: application });
      },
    });
    return {
      instance,
      calls,
      client,
      detailClient,
      setupClient: new ArgocdSetupClient(calls),
      status,
      tally,
      watcher,
      details,
    };
  }

  #onStoreChange(change: ApplicationChange): void {
    const { before, after } = change;
    if (after) {
      this.#connections.get(after.instance)?.details.update(after);
    } else if (before) {
      this.#connections.get(before.instance)?.details.forget(before.id);
    }
    this.#tell(change);
  }

  #tell(change: ApplicationChange): void {
    this.#applicationListeners.forEach(listener => listener(change));
  }
}

function recogniseRootsOf(
  environments: readonly EnvironmentConfig[],
): RootRecognition {
  return application => {
    const environment = environments.find(each => isRootOf(application, each));
    return (
      environment && (namespace => serviceOfNamespace(environment, namespace))
    );
  };
}
