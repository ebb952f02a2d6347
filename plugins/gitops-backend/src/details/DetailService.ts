import {
  type BackstageCredentials,
  type LoggerService,
} from '@backstage/backend-plugin-api';
import { NotFoundError } from '@backstage/errors';
import { type ScmIntegrations } from '@backstage/integration';
import {
  type DeploymentDetail,
  type DeploymentDiff,
  type DeploymentEventList,
  type DeploymentName,
  type DeploymentVerb,
  type PodLog,
  type PodName,
  type ResourceTree,
  type RevisionOriginList,
  type SyncWindowList,
} from '@callboard/backstage-plugin-gitops-common';
import { type ApplicationHub } from '../applications/ApplicationHub';
import { type ArgocdDetailClient } from '../argocd/ArgocdDetailClient';
import { ArgocdError } from '../argocd/ArgocdError';
import {
  type DeploymentFinder,
  type FoundDeployment,
} from '../deployments/DeploymentFinder';
import { applicationRef } from '../deployments/mapDeployment';
import { type CommitReader } from './CommitReader';
import { type SharedReads } from './SharedReads';
import { mapDetail } from './mapDetail';
import { mapDiff } from './mapDiff';
import { mapEvents } from './mapEvents';
import { mapLogLine } from './mapLogLine';
import { mapResourceTree } from './mapResourceTree';
import { mapRevisionOrigin } from './mapRevisionOrigin';
import { mapSyncWindows } from './mapSyncWindows';

const LOG_LINES = 500;

/**
 * Answers what is inside a deployment, for whoever may look. Each piece is one
 * call of Argo CD's, made when somebody opens it and shared by all who look.
 */
export class DetailService {
  readonly #finder: DeploymentFinder;
  readonly #hub: ApplicationHub;
  readonly #integrations: ScmIntegrations;
  readonly #logger: LoggerService;
  readonly #commits: CommitReader;
  readonly #reads: SharedReads;

  constructor(options: {
    finder: DeploymentFinder;
    hub: ApplicationHub;
    integrations: ScmIntegrations;
    logger: LoggerService;
    commits: CommitReader;
    reads: SharedReads;
  }) {
    this.#finder = options.finder;
    this.#hub = options.hub;
    this.#integrations = options.integrations;
    this.#logger = options.logger;
    this.#commits = options.commits;
    this.#reads = options.reads;
    this.#hub.onApplicationChange(({ before, after }) => {
      const application = after ?? before;
      if (application) {
        this.#reads.forget(application.id);
      }
    });
  }

  /**
   * What Argo CD knows of the application.
   *
   * @throws NotFoundError, NotAllowedError as {@link DeploymentFinder.findOne},
   * and ArgocdError where Argo CD does not answer; so do all methods.
   */
  async detail(
    name: DeploymentName,
    credentials: BackstageCredentials,
  ): Promise<DeploymentDetail> {
    const { application } = await this.#find(name, 'detail', credentials);
    const detail = await this.#read(application, 'detail', client =>
      client.get(application),
    );
    const instanceUrl = this.#hub.instances.find(
      instance => instance.name === application.instance,
    )?.url;
    return mapDetail({
      application,
      ref: applicationRef({ application, instanceUrl }),
      detail,
      integrations: this.#integrations,
    });
  }

  async resources(
    name: DeploymentName,
    credentials: BackstageCredentials,
  ): Promise<ResourceTree> {
    const { application } = await this.#find(name, 'detail', credentials);
    const [nodes, { status }] = await Promise.all([
      this.#read(application, 'tree', client => client.tree(application)),
      this.#read(application, 'detail', client => client.get(application)),
    ]);
    return mapResourceTree(nodes, status?.resources ?? []);
  }

  async diff(
    name: DeploymentName,
    credentials: BackstageCredentials,
  ): Promise<DeploymentDiff> {
    const found = await this.#find(name, 'detail', credentials);
    const { application, access } = found;
    const states = await this.#read(application, 'states', client =>
      client.states(application),
    );
    return {
      items: mapDiff(states, { showValues: access.may.includes('values') }),
    };
  }

  async events(
    name: DeploymentName,
    credentials: BackstageCredentials,
  ): Promise<DeploymentEventList> {
    const { application } = await this.#find(name, 'detail', credentials);
    const events = await this.#read(application, 'events', client =>
      client.events(application),
    );
    return { items: mapEvents(events) };
  }

  async syncWindows(
    name: DeploymentName,
    credentials: BackstageCredentials,
  ): Promise<SyncWindowList> {
    const { application } = await this.#find(name, 'detail', credentials);
    const windows = await this.#read(application, 'sync windows', client =>
      client.syncWindows(application),
    );
    return mapSyncWindows(windows, new Date());
  }

  /** Who made the commits that the live state was deployed from. */
  async revision(
    name: DeploymentName,
    credentials: BackstageCredentials,
  ): Promise<RevisionOriginList> {
    const { application } = await this.#find(name, 'detail', credentials);
    const revisions = application.deployed?.revisions ?? [];
    const items = await Promise.all(
      revisions.map(async (revision, sourceIndex) => {
        const metadata =
          revision.kind === 'git'
            ? await this.#commits.read(
                {
                  instance: application.instance,
                  repo: revision.repo,
                  revision: revision.value,
                },
                () =>
                  this.#call(application, client =>
                    client.revision(application, {
                      revision: revision.value,
                      sourceIndex,
                    }),
                  ),
              )
            : {};
        return mapRevisionOrigin(revision, metadata, this.#integrations);
      }),
    );
    return { items };
  }

  /**
   * The last lines of a pod's log.
   *
   * @throws NotFoundError also where the pod is not the application's.
   */
  async log(
    name: DeploymentName,
    pod: PodName,
    credentials: BackstageCredentials,
  ): Promise<PodLog> {
    const { application } = await this.#find(name, 'logs', credentials);
    const nodes = await this.#read(application, 'tree', client =>
      client.tree(application),
    );
    const isThere = nodes.some(
      node =>
        node.kind === 'Pod' &&
        node.name === pod.name &&
        node.namespace === pod.namespace,
    );
    if (!isThere) {
      throw new NotFoundError(
        'There is no such pod of this application any more. Look at its resources again.',
      );
    }
    const { container, previous = false } = pod;
    const lines = await this.#call(application, client =>
      client.log(application, {
        namespace: pod.namespace,
        pod: pod.name,
        ...(container && { container }),
        previous,
        lines: LOG_LINES,
      }),
    );
    return {
      pod: pod.name,
      ...(container && { container }),
      lines: lines.map(mapLogLine),
    };
  }

  #find(
    name: DeploymentName,
    verb: DeploymentVerb,
    credentials: BackstageCredentials,
  ): Promise<FoundDeployment> {
    const wanted = { entityRef: name.entityRef, verbs: [verb] };
    return this.#finder.findOne(name, wanted, credentials);
  }

  #read<T extends object>(
    application: FoundDeployment['application'],
    what: string,
    read: (client: ArgocdDetailClient) => Promise<T>,
  ): Promise<T> {
    return this.#reads.read(application.id, what, () =>
      this.#call(application, read),
    );
  }

  async #call<T>(
    application: FoundDeployment['application'],
    read: (client: ArgocdDetailClient) => Promise<T>,
  ): Promise<T> {
    try {
      return await read(this.#hub.detailClientOf(application.instance));
    } catch (error) {
      if (error instanceof ArgocdError) {
        this.#logger.warn('Argo CD could not tell more of an application', {
          application: application.id,
          failure: error.failure,
          detail: error.detail,
        });
      }
      throw error;
    }
  }
}
