import {
  type BackstageCredentials,
  type LoggerService,
} from '@backstage/backend-plugin-api';
import { NotAllowedError, NotFoundError } from '@backstage/errors';
import { type ScmIntegrations } from '@backstage/integration';
import {
  type ApplicationRevision,
  type ArgocdApplication,
  type ArgocdApplicationList,
  type RevisionOrigin,
} from '@callboard/backstage-plugin-gitops-common';
import { VERB_PERMISSIONS } from '../access/deploymentPermissions';
import {
  type Application,
  type HistoryEntry,
} from '../applications/Application';
import {
  type ApplicationHub,
  type InstanceView,
} from '../applications/ApplicationHub';
import { historyOf } from '../applications/history';
import { ArgocdError } from '../argocd/ArgocdError';
import { namingRight } from '../argocd/describeMissingRight';
import { type ArgoRevisionMetadata } from '../argocd/detailSchema';
import {
  type ApplicationFinder,
  type ApplicationQuery,
} from '../deployments/ApplicationFinder';
import { type FoundDeployment } from '../deployments/DeploymentFinder';
import { type CommitReader } from '../details/CommitReader';
import { mapRevisionOrigin } from '../details/mapRevisionOrigin';
import { mapArgocdApplication } from './mapArgocdApplication';

interface DeployedRevision {
  readonly application: Application;
  readonly revision: HistoryEntry['revisions'][number];
  /** Of the application's sources, which it is a revision of. */
  readonly sourceIndex: number;
}

/**
 * Answers about applications for those who know no entities, from memory. Only
 * commits are asked for, once for everybody.
 */
export class ApplicationService {
  readonly #hub: ApplicationHub;
  readonly #finder: ApplicationFinder;
  readonly #commits: CommitReader;
  readonly #integrations: ScmIntegrations;
  readonly #logger: LoggerService;

  constructor(options: {
    hub: ApplicationHub;
    applicationFinder: ApplicationFinder;
    commits: CommitReader;
    integrations: ScmIntegrations;
    logger: LoggerService;
  }) {
    this.#hub = options.hub;
    this.#finder = options.applicationFinder;
    this.#commits = options.commits;
    this.#integrations = options.integrations;
    this.#logger = options.logger;
  }

  /**
   * The applications that the caller may see, in the shape of Argo CD's API.
   *
   * @throws NotAllowedError without the permission `gitops.deployment.read`.
   * @throws NotFoundError for an instance that is not configured.
   */
  async list(
    query: ApplicationQuery,
    credentials: BackstageCredentials,
  ): Promise<ArgocdApplicationList> {
    const found = await this.#finder.find(query, credentials);
    const instances = this.#instances(query.instance);
    const byName = new Map(instances.map(each => [each.name, each]));
    return {
      items: found.flatMap(each => {
        const instance = byName.get(each.application.instance);
        return instance ? [this.#map(each, instance)] : [];
      }),
      sources: instances.map(({ source }) => source),
    };
  }

  /**
   * Who made a revision that an application's history has.
   *
   * @throws NotFoundError where there is no such application or revision, or
   * the caller may not see it.
   * @throws NotAllowedError where the caller may see the status only.
   * @throws ArgocdError where Argo CD could not tell.
   */
  async revision(
    wanted: ApplicationRevision,
    credentials: BackstageCredentials,
  ): Promise<RevisionOrigin> {
    const { instance, namespace, name } = wanted;
    const found = await this.#finder.find(
      { instance, namespace, name },
      credentials,
    );
    const deployed = findRevision(found, wanted.revision);
    const { revision } = deployed;
    const metadata =
      revision.kind === 'git' ? await this.#readCommit(deployed) : {};
    const { kind, repo, value } = revision;
    return mapRevisionOrigin(
      { kind, repo, value },
      metadata,
      this.#integrations,
    );
  }

  #instances(wanted: string | undefined): InstanceView[] {
    const instances = this.#hub.instances.filter(
      ({ name }) => wanted === undefined || name === wanted,
    );
    if (instances.length === 0) {
      throw new NotFoundError(
        'There is no Argo CD instance of that name under argocd.appLocatorMethods in the configuration',
      );
    }
    return instances;
  }

  #map(found: FoundDeployment, instance: InstanceView): ArgocdApplication {
    return mapArgocdApplication({
      found,
      details: this.#hub.detailsOf(found.application),
      instanceUrl: instance.url,
      source: instance.source,
    });
  }

  #readCommit(deployed: DeployedRevision): Promise<ArgoRevisionMetadata> {
    const { application, revision, sourceIndex } = deployed;
    const { instance } = application;
    return this.#commits.read(
      { instance, repo: revision.repo, revision: revision.value },
      async () => {
        try {
          return await this.#hub
            .detailClientOf(instance)
            .revision(application, { revision: revision.value, sourceIndex });
        } catch (error) {
          if (error instanceof ArgocdError) {
            this.#noteFailure(application, error);
            throw namingRight(error, 'applications, get', application);
          }
          throw error;
        }
      },
    );
  }

  #noteFailure({ id }: Application, { failure, detail }: ArgocdError): void {
    this.#logger.warn('Argo CD could not tell who made a commit', {
      application: id,
      failure,
      detail,
    });
  }
}

function findRevision(
  found: readonly FoundDeployment[],
  wanted: string,
): DeployedRevision {
  const visible = found.filter(({ access }) => access.may.includes('detail'));
  const [deployed] = visible.flatMap(({ application }) =>
    historyOf(application).flatMap(({ revisions }) =>
      revisions.flatMap((revision, sourceIndex) =>
        revision.value === wanted
          ? [{ application, revision, sourceIndex }]
          : [],
      ),
    ),
  );
  if (deployed) {
    return deployed;
  }
  if (found.length > 0 && visible.length === 0) {
    throw new NotAllowedError(
      found[0]?.access.unproven ??
        `You may see the status of this application only, not its history: that needs the permission ${VERB_PERMISSIONS.detail.name}. Ask the owners of the service or the platform team.`,
    );
  }
  throw new NotFoundError(
    'There is no such application, it has no such revision in its history, or you may not see it',
  );
}
