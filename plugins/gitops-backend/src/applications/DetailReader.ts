import { type LoggerService } from '@backstage/backend-plugin-api';
import {
  type Preview,
  type Release,
} from '@callboard/backstage-plugin-gitops-common';
import { type ArgocdClient } from '../argocd/ArgocdClient';
import { detailOf, failureOf } from '../argocd/ArgocdError';
import { type Application } from './Application';
import { ApplicationSetReader } from './ApplicationSetReader';
import { Detail } from './Detail';
import { WorkQueue } from './WorkQueue';
import { type Backoff } from './backoff';
import { deriveHealthMessage } from './deriveHealthMessage';
import { derivePreview } from './derivePreview';
import { deriveRelease } from './deriveRelease';

/** What has to be asked for, beside what list and stream tell. */
export interface ApplicationDetails {
  /** What Git asks for. */
  readonly desired?: Release;
  /** What the cluster runs. */
  readonly live?: Release;
  /** Why it is not healthy. */
  readonly healthMessage?: string;
  /** Of a pull request, where it is one. */
  readonly preview?: Preview;
}

const READS_AT_ONCE = 4;
const RETRIES: Backoff = { firstMs: 2_000, mostMs: 60_000 };

/**
 * Reads the details of an instance's applications when an application
 * changes; never because somebody looks at it.
 */
export class DetailReader {
  readonly #client: ArgocdClient;
  readonly #logger: LoggerService;
  readonly #onChange: (applicationId: string) => void;
  readonly #queue = new WorkQueue(READS_AT_ONCE);
  readonly #applicationSets: ApplicationSetReader;
  readonly #entries = new Map<string, Entry>();

  constructor(options: {
    client: ArgocdClient;
    logger: LoggerService;
    onChange: (applicationId: string) => void;
  }) {
    this.#client = options.client;
    this.#applicationSets = new ApplicationSetReader(options.client);
    this.#logger = options.logger;
    this.#onChange = options.onChange;
  }

  detailsOf(application: Application): ApplicationDetails {
    const entry = this.#entries.get(application.id);
    const desired = entry?.desired.value;
    return {
      desired,
      // Synced means that the cluster runs what Git asks for. Otherwise only
      // the cluster knows: the revision is then what it should run.
      live: application.sync.status === 'Synced' ? desired : entry?.live.value,
      healthMessage: entry?.health.value,
      preview: entry?.preview.value,
    };
  }

  update(application: Application): void {
    const entry = this.#entries.get(application.id) ?? this.#add(application);
    this.#wantDesired(entry, application);
    this.#wantLive(entry, application);
    this.#wantHealth(entry, application);
    this.#wantPreview(entry, application);
  }

  forget(applicationId: string): void {
    const entry = this.#entries.get(applicationId);
    if (entry) {
      entry.desired.want(undefined);
      entry.live.want(undefined);
      entry.health.want(undefined);
      entry.preview.want(undefined);
      this.#entries.delete(applicationId);
    }
  }

  stop(): void {
    [...this.#entries.keys()].forEach(id => this.forget(id));
  }

  #add({ id }: Application): Entry {
    const create = <T>(what: string) =>
      new Detail<T>({
        retries: RETRIES,
        onChange: () => this.#onChange(id),
        onFailure: error =>
          this.#logger.debug('A detail of an application could not be read', {
            application: id,
            what,
            failure: failureOf(error),
            detail: detailOf(error),
          }),
      });
    const entry: Entry = {
      desired: create<Release | undefined>('manifests'),
      live: create<Release | undefined>('live resources'),
      health: create<string | undefined>('health'),
      preview: create<Preview | undefined>('ApplicationSet'),
    };
    this.#entries.set(id, entry);
    return entry;
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
  readonly desired: Detail<Release | undefined>;
  readonly live: Detail<Release | undefined>;
  readonly health: Detail<string | undefined>;
  readonly preview: Detail<Preview | undefined>;
  /** What was deployed when the desired release was last wanted. */
  deployed?: string;
}
