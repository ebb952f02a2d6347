import {
  type AuthService,
  type BackstageCredentials,
} from '@backstage/backend-plugin-api';
import { type Entity, stringifyEntityRef } from '@backstage/catalog-model';
import { NotAllowedError, NotFoundError } from '@backstage/errors';
import { type CatalogService } from '@backstage/plugin-catalog-node';
import {
  type ApplicationRef,
  type DeploymentAccess,
  type DeploymentName,
  type DeploymentVerb,
  parseDeploymentResource,
} from '@callboard/backstage-plugin-gitops-common';
import { type EnvironmentConfig } from '@callboard/backstage-plugin-gitops-node';
import {
  type DeploymentAuthorizer,
  type DeploymentDecisions,
} from '../access/DeploymentAuthorizer';
import { type RecentDecisions } from '../access/RecentDecisions';
import {
  type DeploymentResource,
  VERB_PERMISSIONS,
} from '../access/deploymentPermissions';
import { EntityReader } from './EntityReader';
import { type EntitySelection, readSelection } from './EntitySelection';
import { decideAccess } from './decideAccess';
import { ownersOf, type ProjectOwners, readProvenEntity } from './deriveProof';
import {
  type KnownApplications,
  type LocatedApplication,
  selectDeployments,
} from './selectDeployments';

/** An application of an entity, and what the caller may do with it. */
export interface FoundDeployment extends LocatedApplication {
  readonly access: DeploymentAccess;
}

/** The deployments of an entity that the caller may see, in order. */
interface FoundDeployments {
  readonly selection: EntitySelection;
  readonly deployments: readonly FoundDeployment[];
}

/** What names an application among all instances. */
type ApplicationName = Pick<ApplicationRef, 'instance' | 'namespace' | 'name'>;

/** Of an entity, what its deployments are found and decided by. */
const FIELDS = [
  'kind',
  'metadata.name',
  'metadata.namespace',
  'metadata.annotations',
  'relations',
];

/**
 * Finds deployments and decides what a caller may see of them and do with them.
 * Everything that shows or changes a deployment goes through here.
 */
export class DeploymentFinder {
  readonly #environments: readonly EnvironmentConfig[];
  readonly #projectOwners: ProjectOwners;
  readonly #hub: KnownApplications;
  readonly #catalog: CatalogService;
  readonly #reader: EntityReader;
  readonly #authorizer: DeploymentAuthorizer;
  readonly #recent: RecentDecisions;
  readonly #auth: AuthService;
  readonly #gitHubHost: string;

  constructor(options: {
    environments: readonly EnvironmentConfig[];
    projectOwners: ProjectOwners;
    hub: KnownApplications;
    catalog: CatalogService;
    /** For single deployments, and what is done with them. */
    authorizer: DeploymentAuthorizer;
    /** For lists. */
    recent: RecentDecisions;
    auth: AuthService;
    /** Of `github.com/project-slug`, where nothing else tells. */
    gitHubHost: string;
  }) {
    this.#environments = options.environments;
    this.#projectOwners = options.projectOwners;
    this.#hub = options.hub;
    this.#catalog = options.catalog;
    this.#reader = new EntityReader(options);
    this.#authorizer = options.authorizer;
    this.#recent = options.recent;
    this.#auth = options.auth;
    this.#gitHubHost = options.gitHubHost;
  }

  /**
   * The deployments of an entity.
   *
   * @throws NotAllowedError without the permission `gitops.deployment.read`.
   * @throws NotFoundError if the caller cannot see the entity.
   */
  async findAll(
    entityRef: string,
    credentials: BackstageCredentials,
  ): Promise<FoundDeployments> {
    const { entity, decisions } = await this.#reader.read(
      entityRef,
      credentials,
      this.#recent.decide(credentials),
    );
    return this.#deploymentsOf(entity, decisions);
  }

  /**
   * The deployments of several entities, without those entities that the caller
   * cannot see.
   *
   * @throws NotAllowedError without the permission `gitops.deployment.read`.
   */
  async findOfEntities(
    entityRefs: readonly string[],
    credentials: BackstageCredentials,
  ): Promise<FoundDeployments[]> {
    const decisions = await this.#recent.decide(credentials);
    const entities = await this.#entities(entityRefs, credentials);
    return entities.map(entity => this.#deploymentsOf(entity, decisions));
  }

  /**
   * What policies decide on, by the names that the permission framework has for
   * it; nothing for a deployment that is not there, or not the entity's.
   */
  async findResources(
    resourceRefs: readonly string[],
  ): Promise<(DeploymentResource | undefined)[]> {
    const names = resourceRefs.map(parseDeploymentResource);
    const credentials = await this.#auth.getOwnServiceCredentials();
    const entities = await this.#entities(
      [...new Set(names.flatMap(name => name?.entityRef ?? []))],
      credentials,
    );
    const byRef = new Map(
      entities.map(entity => [stringifyEntityRef(entity), entity]),
    );
    return names.map(name => {
      const entity = byRef.get(name?.entityRef ?? '');
      return name && entity ? this.#resource(name, entity) : undefined;
    });
  }

  #resource(
    { entityRef, instance, namespace, name }: DeploymentName,
    entity: Entity,
  ): DeploymentResource | undefined {
    const selection = readSelection(entity, this.#gitHubHost);
    const id = `${instance}/${namespace}/${name}`;
    const found = this.#select(selection).find(
      ({ application }) => application.id === id,
    );
    if (!found) {
      return undefined;
    }
    const { environment, cluster } = found.place;
    return { entityRef, owners: ownersOf(entity), environment, cluster };
  }

  #select(selection: EntitySelection): LocatedApplication[] {
    return selectDeployments(selection, this.#hub, this.#environments);
  }

  async #entities(
    entityRefs: readonly string[],
    credentials: BackstageCredentials,
  ): Promise<Entity[]> {
    if (entityRefs.length === 0) {
      return [];
    }
    const { items } = await this.#catalog.getEntitiesByRefs(
      { entityRefs: [...entityRefs], fields: FIELDS },
      { credentials },
    );
    return items.flatMap(entity => entity ?? []);
  }

  #deploymentsOf(
    entity: Entity,
    decisions: DeploymentDecisions,
  ): FoundDeployments {
    const selection = readSelection(entity, this.#gitHubHost);
    const proven = readProvenEntity(entity, ownersOf(entity));
    const by = { decisions, projectOwners: this.#projectOwners };
    const deployments = this.#select(selection)
      .sort(byPlace)
      .flatMap(located => {
        const access = decideAccess(located, proven, by);
        return access ? [{ ...located, access }] : [];
      });
    return { selection, deployments };
  }

  /**
   * One deployment of an entity, for somebody who wants to do something with it.
   *
   * @throws NotFoundError where the entity has no such application, or the
   * caller may not see it.
   * @throws NotAllowedError where the caller may not do that.
   */
  async findOne(
    name: ApplicationName,
    wanted: { entityRef: string; verbs: readonly DeploymentVerb[] },
    credentials: BackstageCredentials,
  ): Promise<FoundDeployment> {
    const { entityRef, verbs } = wanted;
    const { entity, decisions } = await this.#reader.read(
      entityRef,
      credentials,
      this.#authorizer.decide(credentials),
    );
    const { deployments } = this.#deploymentsOf(entity, decisions);
    const found = deployments.find(
      ({ application }) =>
        application.instance === name.instance &&
        application.namespace === name.namespace &&
        application.name === name.name,
    );
    if (!found) {
      throw new NotFoundError(
        `${entityRef} has no such application, or you may not see it. It may have been removed or renamed: look at the entity's deployments again.`,
      );
    }
    const { may, unproven } = found.access;
    if (unproven) {
      throw new NotAllowedError(unproven);
    }
    const missing = verbs.find(verb => !may.includes(verb));
    if (missing) {
      throw new NotAllowedError(
        `You may not do this for ${entityRef} on ${found.place.cluster}: it needs the permission ${VERB_PERMISSIONS[missing].name}. Ask the owners of the service or the platform team.`,
      );
    }
    return found;
  }
}

/** Sorts by the order of the configuration, then by cluster. */
export function byPlace(a: LocatedApplication, b: LocatedApplication): number {
  return (
    a.place.order - b.place.order ||
    a.place.cluster.localeCompare(b.place.cluster) ||
    a.application.id.localeCompare(b.application.id)
  );
}
