import {
  type BackstageCredentials,
  type PermissionsService,
} from '@backstage/backend-plugin-api';
import { NotAllowedError, NotFoundError } from '@backstage/errors';
import { type ScmIntegrations } from '@backstage/integration';
import { type CatalogService } from '@backstage/plugin-catalog-node';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import {
  type Deployment,
  type DeploymentList,
  type EnvironmentList,
  gitopsDeploymentReadPermission,
  type Source,
} from '@callboard/backstage-plugin-gitops-common';
import {
  type EnvironmentConfig,
  type NewRepositoriesConfig,
} from '@callboard/backstage-plugin-gitops-node';
import { type Application } from '../applications/Application';
import {
  type ApplicationHub,
  type InstanceView,
} from '../applications/ApplicationHub';
import { type ChangeSignals, channelOf } from './ChangeSignals';
import {
  type EntitySelection,
  readSelection,
  selectApplications,
} from './EntitySelection';
import { locateApplication } from './locateApplication';
import { mapDeployment } from './mapDeployment';
import { brokenPlatformSources } from './platformSources';

/**
 * Answers what runs where, from memory: no answer waits for Argo CD. Every
 * method decides by the caller's own credentials.
 */
export class DeploymentService {
  readonly #environments: readonly EnvironmentConfig[];
  readonly #newRepositories?: NewRepositoriesConfig;
  readonly #hub: ApplicationHub;
  readonly #signals: ChangeSignals;
  readonly #catalog: CatalogService;
  readonly #permissions: PermissionsService;
  readonly #integrations: ScmIntegrations;

  constructor(options: {
    environments: readonly EnvironmentConfig[];
    newRepositories?: NewRepositoriesConfig;
    hub: ApplicationHub;
    signals: ChangeSignals;
    catalog: CatalogService;
    permissions: PermissionsService;
    integrations: ScmIntegrations;
  }) {
    this.#environments = options.environments;
    this.#newRepositories = options.newRepositories;
    this.#hub = options.hub;
    this.#signals = options.signals;
    this.#catalog = options.catalog;
    this.#permissions = options.permissions;
    this.#integrations = options.integrations;
  }

  /** The environments in order of promotion, and where new repositories go. */
  async listEnvironments(
    credentials: BackstageCredentials,
  ): Promise<EnvironmentList> {
    await this.#authorize(credentials);
    return {
      items: this.#environments.map(
        ({ name, write, platformRepo, clusters }) => ({
          name,
          write,
          platformRepo,
          clusters: clusters.map(cluster => ({
            name: cluster.name,
            instance: cluster.instance,
            labels: cluster.labels,
          })),
        }),
      ),
      ...(this.#newRepositories && {
        newRepositories: { url: this.#newRepositories.url },
      }),
    };
  }

  /**
   * The deployments of an entity.
   *
   * @throws NotAllowedError without the permission `gitops.deployment.read`.
   * @throws NotFoundError if the caller cannot see the entity.
   */
  async listDeployments(
    entityRef: string,
    credentials: BackstageCredentials,
  ): Promise<DeploymentList> {
    await this.#authorize(credentials);
    const entity = await this.#catalog.getEntityByRef(entityRef, {
      credentials,
    });
    if (!entity) {
      throw new NotFoundError(
        'There is no such entity in the catalog, or you may not see it',
      );
    }
    const selection = readSelection(entity, this.#gitHubHost());
    this.#signals.watch(selection);
    return {
      items: this.#rows(selection),
      sources: this.#sources(selection),
      channel: channelOf(selection.entityRef),
    };
  }

  async #authorize(credentials: BackstageCredentials): Promise<void> {
    const [decision] = await this.#permissions.authorize(
      [{ permission: gitopsDeploymentReadPermission }],
      { credentials },
    );
    if (decision?.result !== AuthorizeResult.ALLOW) {
      throw new NotAllowedError(
        `To see deployments you need the permission ${gitopsDeploymentReadPermission.name}`,
      );
    }
  }

  #rows(selection: EntitySelection): Deployment[] {
    const instances = new Map(
      this.#hub.instances.map(instance => [instance.name, instance]),
    );
    return selectApplications(selection, this.#hub.store)
      .map(application => ({
        application,
        place: locateApplication(application, this.#environments),
      }))
      .sort(
        (a, b) =>
          a.place.order - b.place.order ||
          a.place.cluster.localeCompare(b.place.cluster) ||
          a.application.id.localeCompare(b.application.id),
      )
      .map(({ application, place }) =>
        mapDeployment({
          application,
          place,
          details: this.#hub.detailsOf(application),
          integrations: this.#integrations,
          ...view(application, instances),
        }),
      );
  }

  #sources({ instances }: EntitySelection): Source[] {
    return [
      ...this.#hub.instances
        .filter(({ name }) => !instances || instances.includes(name))
        .map(({ source }) => source),
      ...brokenPlatformSources(this.#environments, this.#hub.store),
    ];
  }

  /** The GitHub that is meant where nothing else tells. */
  #gitHubHost(): string {
    const hosts = this.#integrations.github
      .list()
      .map(({ config }) => config.host);
    return hosts.find(host => host !== 'github.com') ?? 'github.com';
  }
}

function view(
  { instance }: Application,
  instances: ReadonlyMap<string, InstanceView>,
): { instanceUrl?: string; observedAt: string } {
  const known = instances.get(instance);
  return {
    instanceUrl: known?.url,
    observedAt: known?.heardAt ?? new Date(0).toISOString(),
  };
}
