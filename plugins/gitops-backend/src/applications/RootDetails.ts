import { isDeepStrictEqual } from 'node:util';
import { type ArgocdClient } from '../argocd/ArgocdClient';
import { type ArgocdDetailClient } from '../argocd/ArgocdDetailClient';
import { keyOf, nameOf } from '../argocd/nameOf';
import { type ArgoResource } from '../argocd/schema';
import { type Application } from './Application';
import {
  type ApplicationDetails,
  type RootContent,
} from './ApplicationDetails';
import { type Detail } from './Detail';
import { isWorkload, type RootInventory, toInventory } from './RootInventory';
import { parseRootObject, type RootObject } from './RootObject';
import { type WorkQueue } from './WorkQueue';
import { type Backoff } from './backoff';
import { deriveHealthMessage } from './deriveHealthMessage';
import { derivePodMessage } from './derivePodMessage';
import { deriveReleaseOf } from './deriveRelease';
import { findStuckPods, type StuckPod } from './findStuckPods';

/** What the objects are told from. */
interface Told {
  readonly resources: readonly ArgoResource[];
  readonly desired: readonly RootObject[];
  readonly live: readonly RootObject[];
}

const ON_THE_WAY = 'Progressing';
/** As long as a workload is so, its pods tell more than it does. */
const IN_TROUBLE: readonly string[] = ['Degraded', ON_THE_WAY];

const NOTHING: Told = { resources: [], desired: [], live: [] };

/**
 * Reads what an environment's root application deploys by itself, once for all
 * services that have a part in it: one call for its objects with their health
 * and one for its manifests when the root changes, a third for the live objects
 * while it is out of sync. While a workload is Degraded or Progressing one more
 * tells which pods are stuck.
 */
export class RootDetails {
  readonly #client: ArgocdClient;
  readonly #treeClient: Pick<ArgocdDetailClient, 'tree'>;
  readonly #looksAtPods: Backoff;
  readonly #queue: WorkQueue;
  readonly #serviceOfNamespace: (namespace: string) => string | undefined;
  readonly #onChange: () => void;
  readonly #resources: Detail<readonly ArgoResource[]>;
  readonly #desired: Detail<readonly RootObject[]>;
  readonly #live: Detail<readonly RootObject[]>;
  readonly #pods: Detail<readonly StuckPod[]>;
  /** What was read last: whose an object is does not change because a call fails. */
  #told: Told = NOTHING;
  #inventory: RootInventory | undefined;
  #root: Application | undefined;

  constructor(options: {
    client: ArgocdClient;
    treeClient: Pick<ArgocdDetailClient, 'tree'>;
    /** Between two looks at the pods of workloads that are on the way. */
    looksAtPods: Backoff;
    queue: WorkQueue;
    serviceOfNamespace: (namespace: string) => string | undefined;
    create: <T>(what: string) => Detail<T>;
    onChange: () => void;
  }) {
    this.#client = options.client;
    this.#treeClient = options.treeClient;
    this.#looksAtPods = options.looksAtPods;
    this.#queue = options.queue;
    this.#serviceOfNamespace = options.serviceOfNamespace;
    this.#onChange = options.onChange;
    this.#resources = options.create('resources of the root');
    this.#desired = options.create('manifests of the root');
    this.#live = options.create('live resources of the root');
    this.#pods = options.create('pods of the root');
  }

  of(root: Application): ApplicationDetails {
    const { sync } = root;
    const desired = this.#desired.value && release(this.#desired.value, root);
    const live = this.#live.value && release(this.#live.value, root);
    return {
      desired,
      live: sync.status === 'Synced' ? desired : live,
      healthMessage:
        root.health.status === 'Healthy'
          ? undefined
          : derivePodMessage(this.#stuckPods.map(({ pod }) => pod)) ??
            deriveHealthMessage(this.#resources.value ?? []),
      root: this.content,
    };
  }

  /** Nothing before it was read, or where the root has no objects. */
  get content(): RootContent | undefined {
    if (!this.#root || this.#told.resources.length === 0) {
      return undefined;
    }
    this.#inventory ??= toInventory({
      root: this.#root,
      ...this.#told,
      serviceOfNamespace: this.#serviceOfNamespace,
    });
    return {
      inventory: this.#inventory,
      isStateKnown: this.#resources.value !== undefined,
      isDesiredKnown: this.#desired.value !== undefined,
      stuckPods: this.#stuckPods,
    };
  }

  want(root: Application): void {
    const before = this.#root;
    this.#root = root;
    this.#inventory = undefined;
    this.#wantResources(root);
    this.#wantDesired(root, before);
    this.#wantLive(root);
  }

  forget(): void {
    this.#root = undefined;
    this.#pods.want(undefined);
    this.#resources.want(undefined);
    this.#desired.want(undefined);
    this.#live.want(undefined);
  }

  /**
   * Looks at the objects again: a root that is degraded anyway does not tell
   * that one more service is. One without workloads has nothing to tell.
   */
  async lookAgain(): Promise<void> {
    const root = this.#root;
    if (!root || !this.content?.inventory.hasWorkloads) {
      return;
    }
    const before = this.#told.resources;
    await this.#queue.run(() => this.#readResources(root));
    if (!isDeepStrictEqual(before, this.#told.resources)) {
      this.#onChange();
    }
  }

  get #stuckPods(): readonly StuckPod[] {
    return this.#pods.value ?? [];
  }

  #wantResources(root: Application): void {
    const { sync, health, operation, deployed } = root;
    this.#resources.want({
      key: JSON.stringify([sync, health, operation?.finishedAt, deployed]),
      keepMeanwhile: true,
      read: () => this.#queue.run(() => this.#readResources(root)),
    });
  }

  async #readResources(root: Application): Promise<readonly ArgoResource[]> {
    const { status } = await this.#client.get(root);
    const resources = status?.resources ?? [];
    this.#learn({ resources });
    this.#wantPods();
    return resources;
  }

  /** The root's own health does not tell which of its workloads is in trouble. */
  #wantPods(): void {
    const root = this.#root;
    const inTrouble = this.#told.resources.filter(
      resource =>
        isWorkload(resource) &&
        !resource.hook &&
        IN_TROUBLE.includes(resource.health?.status ?? ''),
    );
    if (!root || inTrouble.length === 0) {
      this.#pods.want(undefined);
      return;
    }
    const states = inTrouble.map(resource => [
      keyOf(nameOf(resource)),
      resource.health?.status,
    ]);
    const isOnTheWay = inTrouble.some(
      ({ health }) => health?.status === ON_THE_WAY,
    );
    this.#pods.want({
      key: JSON.stringify([states, root.sync, root.operation?.finishedAt]),
      keepMeanwhile: true,
      again: isOnTheWay ? this.#looksAtPods : undefined,
      read: () =>
        this.#queue.run(async () =>
          findStuckPods(await this.#treeClient.tree(root)),
        ),
    });
  }

  #wantDesired(root: Application, before: Application | undefined): void {
    const { sync, sourcesHash, operation, deployed, sources } = root;
    const [revision] = sync.revisions;
    if (revision === undefined) {
      this.#desired.want(undefined);
      return;
    }
    const at =
      sources.length > 1 ? { revisions: sync.revisions } : { revision };
    this.#desired.want({
      // What a remote base asks for can change at the same revision.
      key: JSON.stringify([sync, sourcesHash, operation?.finishedAt, deployed]),
      // Not blanked for all services when one of them has been synced.
      keepMeanwhile: sync.status === 'Synced' && isOfSameSource(root, before),
      read: () =>
        this.#queue.run(async () => {
          const desired = toObjects(await this.#client.manifests(root, at));
          this.#learn({ desired });
          return desired;
        }),
    });
  }

  #wantLive(root: Application): void {
    const { sync, health, operation, deployed } = root;
    if (sync.status === 'Synced') {
      this.#live.want(undefined);
      this.#learn({ live: [] });
      return;
    }
    this.#live.want({
      key: JSON.stringify([sync, operation, health, deployed]),
      keepMeanwhile: true,
      read: () =>
        this.#queue.run(async () => {
          const live = toObjects(await this.#client.liveResources(root));
          this.#learn({ live });
          return live;
        }),
    });
  }

  #learn(told: Partial<Told>): void {
    this.#told = { ...this.#told, ...told };
    this.#inventory = undefined;
  }
}

function isOfSameSource(a: Application, b: Application | undefined): boolean {
  return (
    a.sourcesHash === b?.sourcesHash &&
    isDeepStrictEqual(a.sync.revisions, b.sync.revisions)
  );
}

function toObjects(texts: readonly string[]): RootObject[] {
  return texts.flatMap(text => parseRootObject(text) ?? []);
}

function release(objects: readonly RootObject[], root: Application) {
  return deriveReleaseOf(
    objects.flatMap(({ workload }) => workload ?? []),
    root,
  );
}
