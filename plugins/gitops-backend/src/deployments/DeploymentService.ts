import { type BackstageCredentials } from '@backstage/backend-plugin-api';
import { type ScmIntegrations } from '@backstage/integration';
import {
  type Deployment,
  type DeploymentList,
  type EntityDeploymentsList,
  type EntityStateList,
  type EnvironmentList,
  type LayoutOption,
  type Source,
  type StateQuery,
} from '@callboard/backstage-plugin-gitops-common';
import {
  type EnvironmentConfig,
  type NewRepositoriesConfig,
  remoteBaseNotes,
} from '@callboard/backstage-plugin-gitops-node';
import { type RecentDecisions } from '../access/RecentDecisions';
import { type Application } from '../applications/Application';
import {
  type ApplicationHub,
  type InstanceView,
} from '../applications/ApplicationHub';
import { type ChangeSignals, channelOf } from './ChangeSignals';
import {
  type DeploymentFinder,
  type FoundDeployment,
} from './DeploymentFinder';
import { type EntitySelection } from './EntitySelection';
import { type StateFinder } from './StateFinder';
import { excessSources } from './describeExcess';
import { layoutRefusalsOf } from './layoutRefusalsOf';
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
  readonly #finder: DeploymentFinder;
  readonly #states: StateFinder;
  readonly #recent: RecentDecisions;
  readonly #integrations: ScmIntegrations;

  constructor(options: {
    environments: readonly EnvironmentConfig[];
    newRepositories?: NewRepositoriesConfig;
    hub: ApplicationHub;
    signals: ChangeSignals;
    finder: DeploymentFinder;
    states: StateFinder;
    recent: RecentDecisions;
    integrations: ScmIntegrations;
  }) {
    this.#environments = options.environments;
    this.#newRepositories = options.newRepositories;
    this.#hub = options.hub;
    this.#signals = options.signals;
    this.#finder = options.finder;
    this.#states = options.states;
    this.#recent = options.recent;
    this.#integrations = options.integrations;
  }

  /** The environments in order of promotion, and where new repositories go. */
  async listEnvironments(
    credentials: BackstageCredentials,
  ): Promise<EnvironmentList> {
    await this.#recent.decide(credentials);
    return {
      items: this.#environments.map(environment => ({
        name: environment.name,
        write: environment.write,
        platformRepo: environment.platformRepo,
        clusters: environment.clusters.map(({ name, instance, labels }) => ({
          name,
          instance,
          labels,
        })),
        layouts: this.#layoutsOf(environment),
      })),
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
    const { selection, deployments } = await this.#finder.findAll(
      entityRef,
      credentials,
    );
    this.#signals.watch(selection);
    return {
      items: this.#rows(deployments),
      sources: this.#sources([selection], selection.instances),
      channel: channelOf(selection.entityRef),
      pulse: this.#signals.pulse.channel,
    };
  }

  /**
   * The deployments of several entities.
   *
   * @param options - `follow`: whether the caller listens to signals.
   * @throws NotAllowedError without the permission `gitops.deployment.read`.
   */
  async listOfEntities(
    entityRefs: readonly string[],
    credentials: BackstageCredentials,
    options: { follow: boolean },
  ): Promise<EntityDeploymentsList> {
    const found = await this.#finder.findOfEntities(entityRefs, credentials);
    if (options.follow) {
      found.forEach(({ selection }) => this.#signals.watch(selection));
    }
    return {
      items: found.map(({ selection: { entityRef }, deployments }) => ({
        entityRef,
        deployments: this.#rows(deployments),
        channel: channelOf(entityRef),
      })),
      sources: this.#sources(found.map(({ selection }) => selection)),
      pulse: this.#signals.pulse.channel,
    };
  }

  /**
   * The entities with a deployment in some state.
   *
   * @throws NotAllowedError without the permission `gitops.deployment.read`.
   */
  async listByState(
    query: StateQuery,
    credentials: BackstageCredentials,
  ): Promise<EntityStateList> {
    const { found, hasMore } = await this.#states.find(query, credentials);
    const selections = found.map(({ selection }) => selection);
    const { states: signals, pulse } = this.#signals;
    signals.watch();
    return {
      items: found.map(({ selection: { entityRef }, states }) => ({
        entityRef,
        states,
      })),
      hasMore,
      sources: this.#sources(selections),
      channel: signals.channel,
      pulse: pulse.channel,
    };
  }

  #layoutsOf(environment: EnvironmentConfig): LayoutOption[] {
    const refusals = layoutRefusalsOf(this.#hub.store);
    return environment.layouts.map(layout => {
      const refused = refusals.refusalOf(environment, layout);
      return {
        name: layout.name,
        kind: layout.kind,
        notes: layout.kind === 'remote-base' ? remoteBaseNotes : [],
        ...(refused && { refused }),
      };
    });
  }

  #rows(found: readonly FoundDeployment[]): Deployment[] {
    const instances = new Map(
      this.#hub.instances.map(instance => [instance.name, instance]),
    );
    return found.map(({ application, ...located }) =>
      mapDeployment({
        application,
        ...located,
        // A part has its own.
        details: located.part ? {} : this.#hub.detailsOf(application),
        integrations: this.#integrations,
        ...view(application, instances),
      }),
    );
  }

  #sources(
    selections: readonly EntitySelection[],
    instances?: readonly string[],
  ): Source[] {
    const { store } = this.#hub;
    return [
      ...this.#hub.instances
        .filter(({ name }) => !instances || instances.includes(name))
        .map(({ source }) => source),
      ...brokenPlatformSources(this.#environments, store),
      ...excessSources(selections, store),
    ];
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
