import {
  type Image,
  type Release,
} from '@callboard/backstage-plugin-gitops-common';
import { type ArgocdClient } from '../argocd/ArgocdClient';
import { type ArgocdDetailClient } from '../argocd/ArgocdDetailClient';
import {
  type Application,
  type Deployed,
  type HistoryEntry,
} from './Application';
import { type ApplicationDetails } from './ApplicationDetails';
import { type Detail } from './Detail';
import { type WorkQueue } from './WorkQueue';
import { type Backoff } from './backoff';
import { derivePodMessage } from './derivePodMessage';
import { deriveRelease } from './deriveRelease';
import {
  deriveOlderImages,
  deriveOlderRelease,
  deriveServingImages,
  hasImage,
} from './deriveServing';
import { historyOf } from './history';

/** A rollout may wait in any of them, while pods of two releases serve. */
const UNFINISHED: readonly string[] = ['Degraded', 'Progressing', 'Suspended'];
/** An older release that serves is mostly the one before. */
const MOST_LOOKED_THROUGH = 5;

interface Pods {
  /** Which of them is stuck, and why. */
  readonly message: string | undefined;
  /** Images of those that are ready. */
  readonly serving: readonly Image[];
}

interface Older {
  readonly release: Release;
  readonly deployed: Deployed;
}

/**
 * What the pods of an application tell that is not healthy: which one is stuck,
 * and which release serves meanwhile. Argo CD's answers about the application
 * tell neither.
 */
export class PodDetails {
  readonly #client: ArgocdClient;
  readonly #treeClient: Pick<ArgocdDetailClient, 'tree'>;
  readonly #queue: WorkQueue;
  readonly #looks: Backoff;
  readonly #pods: Detail<Pods>;
  readonly #older: Detail<Older | undefined>;

  constructor(options: {
    client: ArgocdClient;
    treeClient: Pick<ArgocdDetailClient, 'tree'>;
    queue: WorkQueue;
    /** Between two looks: pods change without their application. */
    looks: Backoff;
    create: <T>(what: string) => Detail<T>;
  }) {
    this.#client = options.client;
    this.#treeClient = options.treeClient;
    this.#queue = options.queue;
    this.#looks = options.looks;
    this.#pods = options.create('pods');
    this.#older = options.create('older release');
  }

  get message(): string | undefined {
    return this.#pods.value?.message;
  }

  want(application: Application): void {
    const { sync, operation, health } = application;
    if (!UNFINISHED.includes(health.status)) {
      this.forget();
      return;
    }
    this.#pods.want({
      key: JSON.stringify([health, sync, operation?.finishedAt]),
      keepMeanwhile: true,
      again: this.#looks,
      read: () =>
        this.#queue.run(async () => {
          const nodes = await this.#treeClient.tree(application);
          return {
            message: derivePodMessage(nodes),
            serving: deriveServingImages(nodes),
          };
        }),
    });
  }

  /** Looks up which deployment has brought what serves, where that is older. */
  wantOlder(application: Application, told: Release | undefined): void {
    const older = this.#olderThan(told);
    if (older.length === 0) {
      this.#older.want(undefined);
      return;
    }
    const { keptHistory } = application;
    this.#older.want({
      key: JSON.stringify([older, keptHistory]),
      keepMeanwhile: false,
      read: () => this.#queue.run(() => this.#findOlder(application, older)),
    });
  }

  forget(): void {
    this.#pods.want(undefined);
    this.#older.want(undefined);
  }

  /** What serves, by what the cluster was told to run. */
  of(
    application: Application,
    told: Release | undefined,
  ): Pick<ApplicationDetails, 'live' | 'behind'> {
    const older = this.#olderThan(told);
    if (!told || older.length === 0) {
      return { live: told };
    }
    const found = this.#older.value;
    return {
      live: found?.release ?? deriveOlderRelease(told, older, application),
      behind: found?.deployed ?? { revisions: [] },
    };
  }

  #olderThan(told: Release | undefined): readonly Image[] {
    const serving = this.#pods.value?.serving;
    return told && serving ? deriveOlderImages(told, serving) : [];
  }

  async #findOlder(
    application: Application,
    older: readonly Image[],
  ): Promise<Older | undefined> {
    const before = historyOf(application).slice(-MOST_LOOKED_THROUGH).reverse();
    for (const entry of before) {
      const release = deriveRelease(
        await this.#client.manifests(application, renderedAt(entry)),
        application,
      );
      if (release && older.every(image => hasImage(release, image))) {
        const { at, revisions } = entry;
        return { release, deployed: { at, revisions } };
      }
    }
    return undefined;
  }
}

function renderedAt({ revisions }: HistoryEntry) {
  const values = revisions.map(({ value }) => value);
  const [revision = ''] = values;
  return values.length > 1 ? { revisions: values } : { revision };
}
