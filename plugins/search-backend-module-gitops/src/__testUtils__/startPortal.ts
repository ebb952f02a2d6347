import {
  type BackstageCredentials,
  coreServices,
  createServiceFactory,
} from '@backstage/backend-plugin-api';
import {
  mockCredentials,
  mockServices,
  startTestBackend,
} from '@backstage/backend-test-utils';
import { type Entity } from '@backstage/catalog-model';
import { catalogServiceRef } from '@backstage/plugin-catalog-node';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import {
  AuthorizeResult,
  type PolicyDecision,
} from '@backstage/plugin-permission-common';
import searchPlugin from '@backstage/plugin-search-backend';
import postgresEngine from '@backstage/plugin-search-backend-module-pg';
import { type SearchResultSet } from '@backstage/plugin-search-common';
import { signalsServiceRef } from '@backstage/plugin-signals-node';
import { type JsonObject } from '@backstage/types';
import {
  createDeploymentConditionalDecision,
  deploymentConditions,
  gitopsPlugin,
} from '@callboard/backstage-plugin-gitops-backend';
import {
  DEPLOYMENT_DOCUMENT,
  type DeploymentDocument,
  gitopsDeploymentReadPermission,
} from '@callboard/backstage-plugin-gitops-common';
import { databaseConfig } from '@callboard/sandbox';
import request from 'supertest';
import { searchModuleGitops } from '../module';
import { permissionsFactory } from './permissions';

const TASK = 'search_index_gitops_deployment';

/** Sees no entity but those that the test names. */
const OUTSIDER = 'user:default/outsider';

/** What a policy says of `gitops.deployment.read`. */
export const DECISIONS = {
  allow: { result: AuthorizeResult.ALLOW },
  deny: { result: AuthorizeResult.DENY },
  onlyDev: conditional(
    deploymentConditions.isEnvironment({ environments: ['dev'] }),
  ),
  onlyPayments: conditional(
    deploymentConditions.isEntityOwner({
      claims: ['group:default/payments-team'],
    }),
  ),
  notInUs: conditional({
    not: deploymentConditions.isCluster({ clusters: ['prod-us1'] }),
  }),
} satisfies Record<string, PolicyDecision>;

function conditional(
  conditions: Parameters<typeof createDeploymentConditionalDecision>[1],
): PolicyDecision {
  return createDeploymentConditionalDecision(
    gitopsDeploymentReadPermission,
    conditions,
  );
}

/** What the catalog makes of it is up to the catalog, which is fake here. */
const SOME_ENTITIES: PolicyDecision = {
  result: AuthorizeResult.CONDITIONAL,
  pluginId: 'catalog',
  resourceType: 'catalog-entity',
  conditions: { resourceType: 'catalog-entity', rule: 'SOME', params: {} },
};

interface PortalOptions {
  readonly config: JsonObject;
  readonly entities: Entity[];
  /** Address of a PostgreSQL database. */
  readonly database?: string;
  /** References of entities that the outsider sees. */
  readonly outsiderSees?: readonly string[];
}

interface SearchOptions {
  readonly as?: 'outsider';
  /** Parameters of the query. */
  readonly [key: string]: string | undefined;
}

/**
 * A backend with search, permissions and both plugins, asked as a browser does.
 * The search engine is PostgreSQL's with an address of one, else Lunr.
 */
export async function startPortal(options: PortalOptions) {
  const policy = { read: DECISIONS.allow as PolicyDecision };
  const scheduler = mockServices.scheduler();
  const backend = await startTestBackend({
    features: [
      gitopsPlugin,
      searchModuleGitops,
      searchPlugin,
      postgresEngine,
      permissionsFactory(({ name }, userEntityRef) => {
        if (name === gitopsDeploymentReadPermission.name) {
          return policy.read;
        }
        return name === 'catalog.entity.read' && userEntityRef === OUTSIDER
          ? SOME_ENTITIES
          : DECISIONS.allow;
      }),
      // Nothing runs but what the test asks for.
      createServiceFactory({
        service: coreServices.scheduler,
        deps: {},
        factory: () => scheduler,
      }),
      ...surroundings(options),
    ],
  });

  async function search(
    term: string,
    { as, ...query }: SearchOptions = {},
  ): Promise<SearchResultSet> {
    const { body, status } = await request(backend.server)
      .get('/api/search/query')
      .query({ term, ...query })
      .set(
        'Authorization',
        mockCredentials.user.header(as ? OUTSIDER : undefined),
      );
    if (status !== 200) {
      throw new TypeError(JSON.stringify(body));
    }
    return body;
  }

  return {
    policy,
    search,
    /** The documents that are found, the best first. */
    async find(
      term: string,
      query?: SearchOptions,
    ): Promise<DeploymentDocument[]> {
      const { results } = await search(term, query);
      return results
        .filter(({ type }) => type === DEPLOYMENT_DOCUMENT)
        .map(({ document }) => document as DeploymentDocument);
    },
    collate: () => scheduler.triggerTask(TASK),
    stop: () => backend.stop(),
  };
}

export type Portal = Awaited<ReturnType<typeof startPortal>>;

function surroundings(options: PortalOptions) {
  const { config, database, entities, outsiderSees = [] } = options;
  return [
    mockServices.rootLogger.factory({ level: 'none' }),
    mockServices.events.factory(),
    catalog(entities, outsiderSees),
    mockServices.rootConfig.factory({
      data: {
        ...config,
        permission: { enabled: true },
        backend: {
          database: database
            ? databaseConfig(database)
            : { client: 'better-sqlite3', connection: ':memory:' },
        },
      },
    }),
    createServiceFactory({
      service: signalsServiceRef,
      deps: {},
      factory: () => ({ async publish() {} }),
    }),
  ];
}

/** The catalog's own decision on who sees which entity. */
function catalog(entities: Entity[], outsiderSees: readonly string[]) {
  const all = catalogServiceMock({ entities });
  return createServiceFactory({
    service: catalogServiceRef,
    deps: {},
    factory: () => ({
      ...all,
      queryEntities: (...call: Parameters<typeof all.queryEntities>) =>
        all.queryEntities(...call),
      async getEntitiesByRefs(
        query: Parameters<typeof all.getEntitiesByRefs>[0],
        options: { credentials: BackstageCredentials },
      ) {
        const { items } = await all.getEntitiesByRefs(query, options);
        return {
          items: items.map((entity, index) =>
            isOutsider(options.credentials) &&
            !outsiderSees.includes(query.entityRefs[index] ?? '')
              ? undefined
              : entity,
          ),
        };
      },
    }),
  });
}

function isOutsider({ principal }: BackstageCredentials): boolean {
  return (principal as { userEntityRef?: string }).userEntityRef === OUTSIDER;
}
