import { type LoggerService } from '@backstage/backend-plugin-api';
import {
  type Preview,
  type Release,
} from '@callboard/backstage-plugin-gitops-common';
import { type ArgocdClient } from '../argocd/ArgocdClient';
import { type ArgocdDetailClient } from '../argocd/ArgocdDetailClient';
import { detailOf, failureOf } from '../argocd/ArgocdError';
import { type Application } from './Application';
import {
  type ApplicationDetails,
  type RootContent,
} from './ApplicationDetails';
import { ApplicationSetReader } from './ApplicationSetReader';
import { Detail } from './Detail';
import { PodDetails } from './PodDetails';
import { RootDetails } from './RootDetails';
import { WorkQueue } from './WorkQueue';
import { type Backoff } from './backoff';
import { deriveHealthMessage } from './deriveHealthMessage';
import { derivePreview } from './derivePreview';
import { deriveRelease } from './deriveRelease';

/** What tells of a root which service each of its namespaces is made for. */
export type NamespaceReader = (namespace: string) => string | undefined;

/** Nothing where the application is not an environment's root. */
export type RootRecognition = (
  application: Application,
) => NamespaceReader | undefined;

type TreeClient = Pick<ArgocdDetailClient, 'tree'>;

const READS_AT_ONCE = 4;
const RETRIES: Backoff = { firstMs: 2_000, mostMs: 60_000 };
/** Pods get stuck while their application, as far as Argo CD tells, goes on. */
const LOOKS_AT_PODS: Backoff = { firstMs: 10_000, mostMs: 5 * 60_000 };
/** There are a few roots only. */
const LOOK_AGAIN_MS = 30_000;

/**
 * Reads the details of an instance's applications when an application
 * changes; never because somebody looks at it.
 */
export class DetailReader {
  readonly #client: ArgocdClient;
  readonly #treeClient: TreeClient;
  readonly #logger: LoggerService;
  readonly #onChange: (applicationId: string) => void;
  readonly #recognise: RootRecognition;
  readonly #lookAgainMs: number;
  readonly #looksAtPods: Backoff;
  readonly #queue: WorkQueue;
  readonly #applicationSets: ApplicationSetReader;
  readonly #entries = new Map<string, Entry>();
  readonly #roots = new Map<string, RootDetails>();
  #lookAgain: NodeJS.Timeout | undefined;

  constructor(options: {
    client: ArgocdClient;
    treeClient: TreeClient;
    logger: LoggerService;
    /** Which applications are environments' roots; default: none. */
    recognise?: RootRecognition;
    /** Between two looks at the objects of each root. */
    lookAgainMs?: number;
    /** Between two looks at the pods of an application that is on the way. */
    looksAtPods?: Backoff;
    /** Until when nothing is read: the list is of more use to everybody. */
    listed: Promise<void>;
    onChange: (applicationId: string) => void;
  }) {
    this.#queue = new WorkQueue(READS_AT_ONCE, options.listed);
    this.#client = options.client;
    this.#treeClient = options.treeClient;
    this.#applicationSets = new ApplicationSetReader(options.client);
    this.#logger = options.logger;
    this.#recognise = options.recognise ?? (() => undefined);
    this.#lookAgainMs = options.lookAgainMs ?? LOOK_AGAIN_MS;
    this.#looksAtPods = options.looksAtPods ?? LOOKS_AT_PODS;
    this.#onChange = options.onChange;
  }

  /** What the environments' roots deploy by themselves, by their ids. */
  get roots(): { id: string; content: RootContent }[] {
    return [...this.#roots].flatMap(([id, { content }]) =>
      content ? [{ id, content }] : [],
    );
  }

  detailsOf(application: Application): ApplicationDetails {
    const root = this.#roots.get(application.id);
    if (root) {
      return root.of(application);
    }
    const entry = this.#entries.get(application.id);
    if (!entry) {
      return {};
    }
    const { desired, pods, health, preview } = entry;
    return {
      desired: desired.value,
      ...pods.of(application, toldOf(entry, application)),
      healthMessage: pods.message ?? health.value,
      preview: preview.value,
    };
  }

  update(application: Application): void {
    const serviceOfNamespace = this.#recognise(application);
    if (serviceOfNamespace) {
      this.#updateRoot(application, serviceOfNamespace);
      return;
    }
    this.#forgetRoot(application.id);
    const entry = this.#entries.get(application.id) ?? this.#add(application);
    this.#wantDesired(entry, application);
    this.#wantLive(entry, application);
    this.#wantHealth(entry, application);
    entry.application = application;
    entry.pods.want(application);
    this.#wantOlder(application.id);
    this.#wantPreview(entry, application);
  }

  forget(applicationId: string): void {
    this.#forgetRoot(applicationId);
    const entry = this.#entries.get(applicationId);
    if (entry) {
      entry.desired.want(undefined);
      entry.live.want(undefined);
      entry.health.want(undefined);
      entry.pods.forget();
      entry.preview.want(undefined);
      this.#entries.delete(applicationId);
    }
  }

  stop(): void {
    clearInterval(this.#lookAgain);
    [...this.#entries.keys(), ...this.#roots.keys()].forEach(id =>
      this.forget(id),
    );
  }

  #updateRoot(
    application: Application,
    serviceOfNamespace: NamespaceReader,
  ): void {
    const { id } = application;
    const known = this.#roots.get(id);
    if (!known) {
      this.forget(id);
    }
    const root =
      known ??
      new RootDetails({
        client: this.#client,
        treeClient: this.#treeClient,
        looksAtPods: this.#looksAtPods,
        queue: this.#queue,
        serviceOfNamespace,
        create: what => this.#create(id, what),
        onChange: () => this.#onChange(id),
      });
    this.#roots.set(id, root);
    this.#lookAgain ??= setInterval(
      () => this.#lookAtRoots(),
      this.#lookAgainMs,
    ).unref();
    root.want(application);
  }

  #lookAtRoots(): void {
    for (const [id, root] of this.#roots) {
      root.lookAgain().catch(error => this.#noteFailure(id, 'look', error));
    }
  }

  #forgetRoot(applicationId: string): void {
    this.#roots.get(applicationId)?.forget();
    this.#roots.delete(applicationId);
  }

  #create<T>(id: string, what: string): Detail<T> {
    return new Detail<T>({
      retries: RETRIES,
      onChange: () => {
        this.#wantOlder(id);
        this.#onChange(id);
      },
      onFailure: error => this.#noteFailure(id, what, error),
    });
  }

  #noteFailure(id: string, what: string, error: unknown): void {
    this.#logger.debug('A detail of an application could not be read', {
      application: id,
      what,
      failure: failureOf(error),
      detail: detailOf(error),
    });
  }

  #add(application: Application): Entry {
    const { id } = application;
    const entry: Entry = {
      application,
      desired: this.#create<Release | undefined>(id, 'manifests'),
      live: this.#create<Release | undefined>(id, 'live resources'),
      health: this.#create<string | undefined>(id, 'health'),
      pods: new PodDetails({
        client: this.#client,
        treeClient: this.#treeClient,
        queue: this.#queue,
        looks: this.#looksAtPods,
        create: what => this.#create(id, what),
      }),
      preview: this.#create<Preview | undefined>(id, 'ApplicationSet'),
    };
    this.#entries.set(id, entry);
    return entry;
  }

  #wantOlder(id: string): void {
    const entry = this.#entries.get(id);
    entry?.pods.wantOlder(entry.application, toldOf(entry, entry.application));
  }

  #wantDesired(entry: Entry, application: Application): void {
    const { sync, sourcesHash } = application;
    const [revision] = sync.revisions;
    if (revision === undefined) {
      entry.desired.want(undefined);
      return;
    }
    const deployed = JSON.stringify(application.deployed);
    const at =
      application.sources.length > 1
        ? { revisions: sync.revisions }
        : { revision };
    entry.desired.want({
      key: JSON.stringify([sync.revisions, sourcesHash]),
      // A newer commit that changes nothing here is Synced without having
      // been deployed: then the release is still the same.
      keepMeanwhile: sync.status === 'Synced' && deployed === entry.deployed,
      read: () =>
        this.#queue.run(async () =>
          deriveRelease(
            await this.#client.manifests(application, at),
            application,
          ),
        ),
    });
    entry.deployed = deployed;
  }

  #wantLive(entry: Entry, application: Application): void {
    const { sync, operation, health, deployed } = application;
    if (sync.status === 'Synced') {
      entry.live.want(undefined);
      return;
    }
    entry.live.want({
      key: JSON.stringify([sync, operation, health, deployed]),
      keepMeanwhile: true,
      read: () =>
        this.#queue.run(async () =>
          deriveRelease(
            await this.#client.liveResources(application),
            application,
          ),
        ),
    });
  }

  #wantHealth(entry: Entry, application: Application): void {
    const { sync, operation, health } = application;
    if (health.status === 'Healthy') {
      entry.health.want(undefined);
      return;
    }
    entry.health.want({
      key: JSON.stringify([health, sync, operation?.finishedAt]),
      keepMeanwhile: true,
      read: () =>
        this.#queue.run(async () => {
          const { status } = await this.#client.get(application);
          return deriveHealthMessage(status?.resources ?? []);
        }),
    });
  }

  #wantPreview(entry: Entry, application: Application): void {
    const { namespace, name, applicationSet, sourcesHash } = application;
    if (applicationSet === undefined) {
      entry.preview.want(undefined);
      return;
    }
    entry.preview.want({
      key: JSON.stringify([applicationSet, sourcesHash]),
      keepMeanwhile: true,
      read: () =>
        this.#queue.run(async () => {
          const generatedBy = await this.#applicationSets.read({
            namespace,
            name: applicationSet,
          });
          return generatedBy && derivePreview(generatedBy, name);
        }),
    });
  }
}

interface Entry {
  /** As it was heard last. */
  application: Application;
  readonly desired: Detail<Release | undefined>;
  readonly live: Detail<Release | undefined>;
  /** Why it is not healthy, as its resources tell. */
  readonly health: Detail<string | undefined>;
  readonly pods: PodDetails;
  readonly preview: Detail<Preview | undefined>;
  /** What was deployed when the desired release was last wanted. */
  deployed?: string;
}

/**
 * What the cluster was told to run. Synced means that it is what Git asks for;
 * otherwise only the cluster knows, and the revision is what it should run.
 */
function toldOf(
  { desired, live }: Entry,
  { sync }: Application,
): Release | undefined {
  return sync.status === 'Synced' ? desired.value : live.value;
}
