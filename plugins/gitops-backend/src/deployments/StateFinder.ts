import { type BackstageCredentials } from '@backstage/backend-plugin-api';
import { stringifyEntityRef } from '@backstage/catalog-model';
import { type CatalogService } from '@backstage/plugin-catalog-node';
import {
  type DeploymentState,
  type StateQuery,
  statesOf,
} from '@callboard/backstage-plugin-gitops-common';
import { type EnvironmentConfig } from '@callboard/backstage-plugin-gitops-node';
import { type DeploymentDecisions } from '../access/DeploymentAuthorizer';
import { type RecentDecisions } from '../access/RecentDecisions';
import { type ApplicationHub } from '../applications/ApplicationHub';
import { unhurriedly } from '../unhurriedly';
import { type EntityDirectory } from './EntityDirectory';
import { type EntitySelection } from './EntitySelection';
import {
  type KnownApplications,
  type LocatedApplication,
  selectDeployments,
} from './selectDeployments';

type KnownEntity = Awaited<ReturnType<EntityDirectory['list']>>[number];

/** An entity, and the states that its deployments are in. */
interface FoundEntity {
  readonly selection: EntitySelection;
  readonly states: DeploymentState[];
}

const DEFAULT_LIMIT = 200;
/** The catalog is asked for so many at a time. */
const AT_ONCE = 500;
const FIELDS = ['kind', 'metadata.name', 'metadata.namespace'];

/** Finds the entities whose deployments are in some state, from memory. */
export class StateFinder {
  readonly #environments: readonly EnvironmentConfig[];
  readonly #hub: ApplicationHub;
  readonly #catalog: CatalogService;
  readonly #recent: RecentDecisions;
  readonly #directory: EntityDirectory;

  constructor(options: {
    environments: readonly EnvironmentConfig[];
    hub: ApplicationHub;
    catalog: CatalogService;
    recent: RecentDecisions;
    directory: EntityDirectory;
  }) {
    this.#environments = options.environments;
    this.#hub = options.hub;
    this.#catalog = options.catalog;
    this.#recent = options.recent;
    this.#directory = options.directory;
  }

  /**
   * Only deployments that the caller may see count, of entities that the caller
   * can see.
   *
   * @throws NotAllowedError without the permission `gitops.deployment.read`.
   */
  async find(
    query: StateQuery,
    credentials: BackstageCredentials,
  ): Promise<{ found: FoundEntity[]; hasMore: boolean }> {
    const { limit = DEFAULT_LIMIT } = query;
    const decisions = await this.#recent.decide(credentials);
    const matching = await this.#match(query, decisions);
    const found: FoundEntity[] = [];
    for (let at = 0; at < matching.length && found.length <= limit; ) {
      const some = matching.slice(at, at + AT_ONCE);
      found.push(...(await this.#visible(some, credentials)));
      at += AT_ONCE;
    }
    return { found: found.slice(0, limit), hasMore: found.length > limit };
  }

  async #match(
    { states, owners }: StateQuery,
    decisions: DeploymentDecisions,
  ): Promise<FoundEntity[]> {
    const wanted = new Set(states);
    const entities = await this.#directory.list();
    // The roots are put together once for all entities.
    const known = { store: this.#hub.store, roots: this.#hub.roots };
    const found: FoundEntity[] = [];
    for await (const entity of unhurriedly(entities)) {
      if (isOwned(entity, owners)) {
        const its = this.#statesOf(entity, known, decisions);
        if (its.some(state => wanted.has(state))) {
          found.push({ selection: entity.selection, states: its });
        }
      }
    }
    return found;
  }

  #statesOf(
    { selection, owners }: KnownEntity,
    known: KnownApplications,
    decisions: DeploymentDecisions,
  ): DeploymentState[] {
    const { entityRef } = selection;
    const seen = selectDeployments(selection, known, this.#environments).filter(
      ({ place: { environment, cluster } }) =>
        decisions.mayRead({ entityRef, owners, environment, cluster }),
    );
    return statesOf(seen.map(located => this.#factsOf(located)));
  }

  #factsOf({ application, part }: LocatedApplication) {
    const { sync, health } = application;
    return part ?? { sync, health, ...this.#hub.detailsOf(application) };
  }

  async #visible(
    candidates: readonly FoundEntity[],
    credentials: BackstageCredentials,
  ): Promise<FoundEntity[]> {
    const { items } = await this.#catalog.getEntitiesByRefs(
      {
        entityRefs: candidates.map(({ selection }) => selection.entityRef),
        fields: FIELDS,
      },
      { credentials },
    );
    const visible = new Set(
      items.flatMap(entity => (entity ? stringifyEntityRef(entity) : [])),
    );
    return candidates.filter(({ selection }) =>
      visible.has(selection.entityRef),
    );
  }
}

function isOwned(
  { owners }: KnownEntity,
  wanted: readonly string[] | undefined,
): boolean {
  return !wanted || wanted.some(owner => owners.includes(owner));
}
