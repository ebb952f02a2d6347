import {
  type AuthService,
  type BackstageCredentials,
} from '@backstage/backend-plugin-api';
import { stringifyEntityRef } from '@backstage/catalog-model';
import { type CatalogService } from '@backstage/plugin-catalog-node';
import {
  ARGOCD_APP_NAME,
  ARGOCD_APP_SELECTOR,
  ARGOCD_PROJECT_NAME,
} from '@callboard/backstage-plugin-gitops-common';
import { type CatalogEntry, readCatalogEntry } from './CatalogEntry';

type StreamEntitiesQuery = NonNullable<
  Parameters<CatalogService['streamEntities']>[0]
>['query'];

const EXISTS = { $exists: true } as const;
const ENTITIES_AT_ONCE = 500;
const FIELDS = [
  'kind',
  'metadata.name',
  'metadata.namespace',
  'metadata.annotations',
  'relations',
];

/**
 * What can have applications: components, by their source, and whatever has an
 * annotation that selects some.
 */
const MAY_HAVE_APPLICATIONS: StreamEntitiesQuery = {
  $any: [
    { kind: 'component' },
    { [`metadata.annotations.${ARGOCD_APP_NAME}`]: EXISTS },
    { [`metadata.annotations.${ARGOCD_APP_SELECTOR}`]: EXISTS },
    { [`metadata.annotations.${ARGOCD_PROJECT_NAME}`]: EXISTS },
  ],
};

/** What can have parts of roots besides: not applications by their source, which is a component's. */
const MAY_HAVE_PARTS: StreamEntitiesQuery = { kind: 'resource' };

/** Reads the whole catalog as far as it matters, with the portal's own rights. */
export class CatalogReader {
  readonly #catalog: CatalogService;
  readonly #auth: AuthService;
  readonly #gitHubHost: string;

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

  /** All that may have applications, in pieces. */
  entries(): AsyncGenerator<CatalogEntry[]> {
    return this.#read(MAY_HAVE_APPLICATIONS);
  }

  /** All that may have parts of roots, and were not among those, in pieces. */
  async *othersWithParts(): AsyncGenerator<CatalogEntry[]> {
    for await (const entries of this.#read(MAY_HAVE_PARTS)) {
      yield entries.filter(({ selection }) => !selection.annotated);
    }
  }

  /** Which of these there are. */
  async existing(entityRefs: readonly string[]): Promise<ReadonlySet<string>> {
    const existing = new Set<string>();
    for (let at = 0; at < entityRefs.length; at += ENTITIES_AT_ONCE) {
      const { items } = await this.#catalog.getEntitiesByRefs(
        {
          entityRefs: entityRefs.slice(at, at + ENTITIES_AT_ONCE),
          fields: FIELDS.slice(0, 3),
        },
        await this.#options(),
      );
      for (const entity of items) {
        if (entity) {
          existing.add(stringifyEntityRef(entity));
        }
      }
    }
    return existing;
  }

  async *#read(query: StreamEntitiesQuery): AsyncGenerator<CatalogEntry[]> {
    const pages = this.#catalog.streamEntities(
      { query, fields: FIELDS, pageSize: ENTITIES_AT_ONCE },
      await this.#options(),
    );
    for await (const page of pages) {
      yield page.map(entity => readCatalogEntry(entity, this.#gitHubHost));
    }
  }

  async #options(): Promise<{ credentials: BackstageCredentials }> {
    return { credentials: await this.#auth.getOwnServiceCredentials() };
  }
}
