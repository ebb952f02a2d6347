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
import {
  type Application,
  type SourceRevision,
} from '../applications/Application';
import { type ApplicationHub } from '../applications/ApplicationHub';
import { type ArgocdDetailClient } from '../argocd/ArgocdDetailClient';
import { ArgocdError } from '../argocd/ArgocdError';
import {
  type ArgocdApplicationRight,
  namingRight,
} from '../argocd/describeMissingRight';
import {
  type ArgoRevisionMetadata,
  type ArgoTreeNode,
} from '../argocd/detailSchema';
import {
  type DeploymentFinder,
  type FoundDeployment,
} from '../deployments/DeploymentFinder';
import { applicationRef } from '../deployments/mapDeployment';
import { type CommitReader } from './CommitReader';
import { type SharedReads } from './SharedReads';
import { settle, whyUntold } from './Told';
import { deriveTroubledNodes } from './deriveTroubledNodes';
import { mapDetail } from './mapDetail';
import { mapDiff } from './mapDiff';
import { mapEventList } from './mapEvents';
import { mapLogLine } from './mapLogLine';
import { mapResourceTree } from './mapResourceTree';
import { mapRevisionOrigin } from './mapRevisionOrigin';
import { mapSyncWindows } from './mapSyncWindows';

const LOG_LINES = 500;
/** Each is a call of Argo CD's. */
const MOST_OBJECTS_WITH_EVENTS = 10;

/**
 * Answers what is inside a deployment, for whoever may look. Each piece is a
 * few calls of Argo CD's at most, made when somebody opens it and shared by all
 * who look.
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
    const [nodes, { value, failure }] = await Promise.all([
      this.#tree(application),
      settle(
        this.#read(application, 'detail', client => client.get(application)),
      ),
    ]);
    return {
      ...mapResourceTree(nodes, value?.status?.resources ?? []),
      ...(failure && {
        incomplete: `Whether they are as Git asks for could not be read: ${whyUntold(
          failure,
        )}`,
      }),
    };
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

  /**
   * What was noted lately about the application and, since Argo CD tells that
   * only when asked for each, about those of its objects that are in trouble.
   */
  async events(
    name: DeploymentName,
    credentials: BackstageCredentials,
  ): Promise<DeploymentEventList> {
    const { application } = await this.#find(name, 'detail', credentials);
    const [own, tree] = await Promise.all([
      settle(
        this.#read(application, 'events', client => client.events(application)),
      ),
      settle(this.#tree(application)),
    ]);
    const troubled = deriveTroubledNodes(tree.value ?? []);
    const ofObjects = await Promise.all(
      troubled.slice(0, MOST_OBJECTS_WITH_EVENTS).map(async subject => {
        const events = this.#read(
          application,
          `events of ${subject.uid}`,
          client => client.events(application, subject),
        );
        return { subject, events: await settle(events) };
      }),
    );
    if (own.failure && ofObjects.every(({ events }) => events.failure)) {
      throw own.failure;
    }
    return mapEventList({ own, tree, ofObjects, troubled: troubled.length });
  }

  async syncWindows(
    name: DeploymentName,
    credentials: BackstageCredentials,
  ): Promise<SyncWindowList> {
    const { application } = await this.#find(name, 'detail', credentials);
    const windows = await this.#read(application, 'sync windows', client =>
      client.syncWindows(application),
    );
    const ofProject = windows.assignedWindows?.length
      ? await settle(
          this.#reads.read(application, 'project windows', () =>
            this.#call(
              application,
              client => client.projectWindows(application.project),
              'projects, get',
            ),
          ),
        )
      : { value: [] };
    return mapSyncWindows(windows, ofProject, new Date());
  }

  /**
   * Who made the commits that the live state was deployed from. One that cannot
   * be read takes no other along.
   */
  async revision(
    name: DeploymentName,
    credentials: BackstageCredentials,
  ): Promise<RevisionOriginList> {
    const { application } = await this.#find(name, 'detail', credentials);
    const { behind } = this.#hub.detailsOf(application);
    const commits = await Promise.all(
      ((behind ?? application.deployed)?.revisions ?? []).map(
        async (revision, sourceIndex) => ({
          revision,
          told: await settle(this.#commit(application, revision, sourceIndex)),
        }),
      ),
    );
    const [failure] = commits.flatMap(({ told }) => told.failure ?? []);
    if (failure && commits.every(({ told }) => told.failure)) {
      throw failure;
    }
    return {
      items: commits.map(({ revision, told }) => ({
        ...mapRevisionOrigin(revision, told.value ?? {}, this.#integrations),
        ...(told.failure && {
          incomplete: `Who made it could not be read: ${whyUntold(
            told.failure,
          )}`,
        }),
      })),
    };
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
    const nodes = await this.#tree(application);
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
    const lines = await this.#call(
      application,
      client =>
        client.log(application, {
          namespace: pod.namespace,
          pod: pod.name,
          ...(container && { container }),
          previous,
          lines: LOG_LINES,
        }),
      'logs, get',
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

  #tree(application: Application): Promise<ArgoTreeNode[]> {
    return this.#read(application, 'tree', client => client.tree(application));
  }

  /** A chart's version has no commit. */
  async #commit(
    application: Application,
    { kind, repo, value: revision }: SourceRevision,
    sourceIndex: number,
  ): Promise<ArgoRevisionMetadata> {
    if (kind !== 'git') {
      return {};
    }
    const { instance } = application;
    return this.#commits.read({ instance, repo, revision }, () =>
      this.#call(application, client =>
        client.revision(application, { revision, sourceIndex }),
      ),
    );
  }

  #read<T extends object>(
    application: Application,
    what: string,
    read: (client: ArgocdDetailClient) => Promise<T>,
  ): Promise<T> {
    return this.#reads.read(application, what, () =>
      this.#call(application, read),
    );
  }

  async #call<T>(
    application: Application,
    read: (client: ArgocdDetailClient) => Promise<T>,
    right: ArgocdApplicationRight = 'applications, get',
  ): Promise<T> {
    try {
      return await read(this.#hub.detailClientOf(application.instance));
    } catch (error) {
      if (!(error instanceof ArgocdError)) {
        throw error;
      }
      this.#logger.warn('Argo CD could not tell more of an application', {
        application: application.id,
        failure: error.failure,
        detail: error.detail,
      });
      throw namingRight(error, right, application);
    }
  }
}
