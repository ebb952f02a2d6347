import { type AuthService } from '@backstage/backend-plugin-api';
import { type Entity } from '@backstage/catalog-model';
import { type CatalogService } from '@backstage/plugin-catalog-node';
import { LRUCache } from 'lru-cache';
import { type EntitySelection, readSelection } from './EntitySelection';
import { ownersOf } from './deriveProof';

/** What of an entity decides which deployments it has, and who may see them. */
interface KnownEntity {
  readonly selection: EntitySelection;
  /** Entity references, lower case. */
  readonly owners: readonly string[];
}

/** Kinds that can have deployments. */
const KINDS = ['component', 'resource', 'api', 'system'];
const FIELDS = [
  'kind',
  'metadata.name',
  'metadata.namespace',
  'metadata.annotations',
  'relations',
];
const PAGE = 500;
const KEPT_MS = 60_000;
const ALL = 'all';

/**
 * The entities that may have deployments, in memory: for questions that begin
 * with a deployment and end with an entity. Read from the catalog at most once
 * a minute, and only while somebody asks. Whether a caller may see an entity is
 * not decided here.
 */
export class EntityDirectory {
  readonly #catalog: CatalogService;
  readonly #auth: AuthService;
  readonly #gitHubHost: string;
  readonly #cache = new LRUCache<string, readonly KnownEntity[]>({
    max: 1,
    ttl: KEPT_MS,
    allowStaleOnFetchRejection: true,
    fetchMethod: () => this.#read(),
  });

  constructor(options: {
    catalog: CatalogService;
    auth: AuthService;
    /** Of `github.com/project-slug`, where nothing else tells. */
    gitHubHost: string;
  }) {
    this.#catalog = options.catalog;
    this.#auth = options.auth;
    this.#gitHubHost = options.gitHubHost;
  }

  /** In order of their references. */
  async list(): Promise<readonly KnownEntity[]> {
    return this.#cache.forceFetch(ALL);
  }

  async #read(): Promise<KnownEntity[]> {
    const credentials = await this.#auth.getOwnServiceCredentials();
    const found: KnownEntity[] = [];
    let cursor: string | undefined;
    do {
      const page = { fields: FIELDS, limit: PAGE };
      const answer = await this.#catalog.queryEntities(
        cursor
          ? { ...page, cursor }
          : { ...page, filter: { kind: KINDS }, totalItems: 'exclude' },
        { credentials },
      );
      found.push(...answer.items.map(entity => this.#know(entity)));
      cursor = answer.pageInfo.nextCursor;
    } while (cursor);
    return found.sort((a, b) =>
      a.selection.entityRef < b.selection.entityRef ? -1 : 1,
    );
  }

  #know(entity: Entity): KnownEntity {
    return {
      selection: readSelection(entity, this.#gitHubHost),
      owners: ownersOf(entity),
    };
  }
}
