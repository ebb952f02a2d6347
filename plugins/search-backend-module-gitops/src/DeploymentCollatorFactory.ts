import { Readable } from 'node:stream';
import { setTimeout as wait } from 'node:timers/promises';
import {
  type AuthService,
  type LoggerService,
} from '@backstage/backend-plugin-api';
import { type Entity, stringifyEntityRef } from '@backstage/catalog-model';
import { type CatalogService } from '@backstage/plugin-catalog-node';
import { type DocumentCollatorFactory } from '@backstage/plugin-search-common';
import {
  DEPLOYMENT_DOCUMENT,
  type EntityDeploymentsList,
  type GitopsApi,
  gitopsDeploymentReadPermission,
  MOST_ENTITIES_AT_ONCE,
} from '@callboard/backstage-plugin-gitops-common';
import { type DocumentOfIndex } from './DocumentOfIndex';
import { type IndexedDocuments } from './IndexedDocuments';
import { mapDeploymentDocument } from './mapDeploymentDocument';
import { type CollatorConfig } from './readCollatorConfig';

const FIELDS = [
  'kind',
  'metadata.name',
  'metadata.namespace',
  'metadata.title',
];
/** How long a first run waits for Argo CD to be read after a start. */
const PATIENCE_MS = 30_000;
const LOOK_AGAIN_MS = 1_000;

/**
 * Collects the deployments of all services for the search: two requests for
 * every 500 entities, none to Argo CD.
 *
 * An Argo CD instance that has not been read since the backend started would
 * be missing from the index, so what the index knows of it is kept.
 */
export class DeploymentCollatorFactory implements DocumentCollatorFactory {
  readonly type = DEPLOYMENT_DOCUMENT;
  readonly visibilityPermission = gitopsDeploymentReadPermission;
  readonly #auth: AuthService;
  readonly #catalog: CatalogService;
  readonly #gitops: Pick<GitopsApi, 'getDeploymentsOf'>;
  readonly #indexed: Pick<IndexedDocuments, 'ofInstance'>;
  readonly #config: CollatorConfig;
  readonly #logger: LoggerService;
  readonly #patienceMs: number;
  #hasWaited = false;

  constructor(options: {
    auth: AuthService;
    catalog: CatalogService;
    gitops: Pick<GitopsApi, 'getDeploymentsOf'>;
    indexed: Pick<IndexedDocuments, 'ofInstance'>;
    config: CollatorConfig;
    logger: LoggerService;
    patienceMs?: number;
  }) {
    this.#auth = options.auth;
    this.#catalog = options.catalog;
    this.#gitops = options.gitops;
    this.#indexed = options.indexed;
    this.#config = options.config;
    this.#logger = options.logger;
    this.#patienceMs = options.patienceMs ?? PATIENCE_MS;
  }

  async getCollator(): Promise<Readable> {
    return Readable.from(this.#documents());
  }

  async *#documents(): AsyncGenerator<DocumentOfIndex> {
    await this.#waitForFirstRead();
    const known = new Set<string>();
    const missing = new Set<string>();
    for await (const { documents, neverRead } of this.#pages()) {
      neverRead.forEach(instance => missing.add(instance));
      documents.forEach(document => known.add(nameOf(document)));
      yield* documents;
    }
    for (const instance of missing) {
      this.#logger.warn(
        'An Argo CD instance has not been read yet: what the search knows of its applications stays',
        { instance },
      );
      for await (const document of this.#indexed.ofInstance(instance)) {
        if (!known.has(nameOf(document))) {
          known.add(nameOf(document));
          yield document;
        }
      }
    }
  }

  /** Shortly after a start there is nothing to collect yet. */
  async #waitForFirstRead(): Promise<void> {
    const until = Date.now() + (this.#hasWaited ? 0 : this.#patienceMs);
    this.#hasWaited = true;
    while (Date.now() < until) {
      const answer = await this.#ask([]);
      if (neverReadOf(answer).length === 0) {
        return;
      }
      await wait(LOOK_AGAIN_MS);
    }
  }

  async *#pages(): AsyncGenerator<{
    documents: DocumentOfIndex[];
    neverRead: string[];
  }> {
    for await (const entities of this.#entities()) {
      const byRef = new Map(
        entities.map(entity => [stringifyEntityRef(entity), entity]),
      );
      const answer = await this.#ask([...byRef.keys()]);
      yield {
        documents: answer.items.flatMap(({ entityRef, deployments }) =>
          this.#translate(byRef.get(entityRef), { entityRef, deployments }),
        ),
        neverRead: neverReadOf(answer),
      };
    }
  }

  #translate(
    entity: Entity | undefined,
    item: Pick<
      EntityDeploymentsList['items'][number],
      'entityRef' | 'deployments'
    >,
  ): DocumentOfIndex[] {
    const { entityRef, deployments } = item;
    const { locationTemplate } = this.#config;
    return entity
      ? deployments.map(deployment =>
          mapDeploymentDocument(entity, deployment, {
            entityRef,
            locationTemplate,
          }),
        )
      : [];
  }

  async *#entities(): AsyncGenerator<Entity[]> {
    const page = { fields: FIELDS, limit: MOST_ENTITIES_AT_ONCE };
    let cursor: string | undefined;
    do {
      const answer = await this.#catalog.queryEntities(
        cursor
          ? { ...page, cursor }
          : { ...page, filter: this.#config.filter, totalItems: 'exclude' },
        { credentials: await this.#auth.getOwnServiceCredentials() },
      );
      yield answer.items;
      cursor = answer.pageInfo.nextCursor;
    } while (cursor);
  }

  async #ask(entityRefs: readonly string[]): Promise<EntityDeploymentsList> {
    const { token } = await this.#auth.getPluginRequestToken({
      onBehalfOf: await this.#auth.getOwnServiceCredentials(),
      targetPluginId: 'gitops',
    });
    return this.#gitops.getDeploymentsOf(entityRefs, { token });
  }
}

function nameOf({ authorization }: DocumentOfIndex): string {
  return authorization.resourceRef;
}

/** Names of Argo CD instances that nothing is known of. */
function neverReadOf({ sources }: EntityDeploymentsList): string[] {
  return sources.flatMap(({ name, neverRead }) =>
    neverRead && name.startsWith('argocd:')
      ? [name.slice('argocd:'.length)]
      : [],
  );
}
