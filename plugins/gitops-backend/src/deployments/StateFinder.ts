import { type BackstageCredentials } from '@backstage/backend-plugin-api';
import { stringifyEntityRef } from '@backstage/catalog-model';
import { type CatalogService } from '@backstage/plugin-catalog-node';
import {
  type DeploymentState,
  type EntityStateList,
  type StateQuery,
  statesOf,
} from '@callboard/backstage-plugin-gitops-common';
import { type EnvironmentConfig } from '@callboard/backstage-plugin-gitops-node';
import { type DeploymentDecisions } from '../access/DeploymentAuthorizer';
import { type RecentDecisions } from '../access/RecentDecisions';
import { type ApplicationHub } from '../applications/ApplicationHub';
import { unhurriedly } from '../unhurriedly';
import { type EntityDirectory } from './EntityDirectory';
import {
  type KnownApplications,
  type LocatedApplication,
  selectDeployments,
} from './selectDeployments';

type Item = EntityStateList['items'][number];
type KnownEntity = Awaited<ReturnType<EntityDirectory['list']>>[number];

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
  ): Promise<Pick<EntityStateList, 'items' | 'hasMore'>> {
    const { limit = DEFAULT_LIMIT } = query;
    const decisions = await this.#recent.decide(credentials);
    const matching = await this.#match(query, decisions);
    const items: Item[] = [];
    for (let at = 0; at < matching.length && items.length <= limit; ) {
      const some = matching.slice(at, at + AT_ONCE);
      items.push(...(await this.#visible(some, credentials)));
      at += AT_ONCE;
    }
    return { items: items.slice(0, limit), hasMore: items.length > limit };
  }

  async #match(
    { states, owners }: StateQuery,
    decisions: DeploymentDecisions,
  ): Promise<Item[]> {
    const wanted = new Set(states);
    const entities = await this.#directory.list();
    // The roots are put together once for all entities.
    const known = { store: this.#hub.store, roots: this.#hub.roots };
    const found: Item[] = [];
    for await (const entity of unhurriedly(entities)) {
      if (isOwned(entity, owners)) {
        const its = this.#statesOf(entity, known, decisions);
        if (its.some(state => wanted.has(state))) {
          found.push({ entityRef: entity.selection.entityRef, states: its });
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
    candidates: readonly Item[],
    credentials: BackstageCredentials,
  ): Promise<Item[]> {
    const { items } = await this.#catalog.getEntitiesByRefs(
      {
        entityRefs: candidates.map(({ entityRef }) => entityRef),
        fields: FIELDS,
      },
      { credentials },
    );
    const visible = new Set(
      items.flatMap(entity => (entity ? stringifyEntityRef(entity) : [])),
    );
    return candidates.filter(({ entityRef }) => visible.has(entityRef));
  }
}

function isOwned(
  { owners }: KnownEntity,
  wanted: readonly string[] | undefined,
): boolean {
  return !wanted || wanted.some(owner => owners.includes(owner));
}
