import {
  type BackendFeature,
  coreServices,
  createServiceFactory,
  type PermissionsService,
  type ServiceRef,
} from '@backstage/backend-plugin-api';
import {
  mockCredentials,
  mockServices,
  startTestBackend,
} from '@backstage/backend-test-utils';
import { type Entity } from '@backstage/catalog-model';
import {
  type CatalogService,
  catalogServiceRef,
} from '@backstage/plugin-catalog-node';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { eventsServiceRef } from '@backstage/plugin-events-node';
import {
  AuthorizeResult,
  type PolicyDecision,
} from '@backstage/plugin-permission-common';
import {
  DefaultSignalsService,
  signalsServiceRef,
} from '@backstage/plugin-signals-node';
import { type JsonObject, type JsonValue } from '@backstage/types';
import {
  type DeploymentList,
  type Source,
} from '@callboard/backstage-plugin-gitops-common';
import request from 'supertest';
import { gitopsPlugin } from '../plugin';
import { until } from './until';

interface Signal {
  readonly channel: string;
  readonly message: JsonObject;
}

/** A backend with the plugin, asked as a browser does. */
export async function startGitops(options: {
  config: JsonObject;
  entities?: Entity[];
  /** Instead of one with the entities, which shows everything to everybody. */
  catalog?: CatalogService;
  permission?: AuthorizeResult.ALLOW | AuthorizeResult.DENY;
  /** What the policy says of a permission, by its name. */
  decide?: (permission: string) => PolicyDecision;
  /** Services instead of the usual ones, and other plugins. */
  features?: BackendFeature[];
}) {
  const { config, entities = [], permission = AuthorizeResult.ALLOW } = options;
  const {
    decide = () => ({ result: permission }),
    catalog = catalogServiceMock({ entities }),
  } = options;
  const signals: Signal[] = [];
  const pulses: Signal[] = [];
  const rootConfig = mockServices.rootConfig({ data: withoutMemory(config) });
  // One for all plugins, as the real one is.
  const events = mockServices.events();
  const browsers = DefaultSignalsService.create({ events });
  const backend = await startTestBackend({
    features: [
      gitopsPlugin,
      createServiceFactory({
        service: coreServices.rootConfig,
        deps: {},
        factory: () => rootConfig,
      }),
      provide(catalogServiceRef, catalog),
      provide(coreServices.permissions, permissionsOf(decide)),
      provide(signalsServiceRef, {
        async publish(signal) {
          const isPulse = signal.channel.startsWith('gitops:pulse:');
          (isPulse ? pulses : signals).push(signal);
          await browsers.publish(signal);
        },
      }),
      provide(eventsServiceRef, events),
      ...(options.features ?? []),
    ],
  });

  const portal = portalApi(backend.server);
  return {
    ...portal,
    /** Of the backend, as others reach it. */
    url: `http://localhost:${backend.server.port()}`,
    /** Of changes. */
    signals,
    pulses,
    updateConfig: (data: JsonObject) =>
      rootConfig.update({ data: withoutMemory(data) }),
    async publish(topic: string, eventPayload: unknown) {
      await events.publish({ topic, eventPayload });
    },
    /** Waits until the answer is as wished. */
    untilDeployments: (
      isWished: (list: DeploymentList) => boolean,
      entityRef?: string,
    ) => until(() => portal.deployments(entityRef), isWished),
    stop: () => backend.stop(),
  };
}

/** Policies of tests change from one question to the next. */
function withoutMemory(config: JsonObject): JsonObject {
  const { gitops } = config;
  return isObject(gitops) && gitops.environments
    ? {
        ...config,
        gitops: { permissionCache: { ttl: { seconds: 0 } }, ...gitops },
      }
    : config;
}

function isObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A service that is there already. */
function provide<T>(service: ServiceRef<T, 'plugin'>, implementation: T) {
  return createServiceFactory({
    service,
    deps: {},
    factory: () => implementation,
  });
}

function permissionsOf(
  decide: (permission: string) => PolicyDecision,
): PermissionsService {
  return {
    authorize: async requests =>
      requests.map(({ permission }) => {
        const { result } = decide(permission.name);
        return {
          result:
            result === AuthorizeResult.DENY
              ? AuthorizeResult.DENY
              : AuthorizeResult.ALLOW,
        };
      }),
    authorizeConditional: async requests =>
      requests.map(({ permission }) => decide(permission.name)),
  };
}

function portalApi(server: Parameters<typeof request>[0]) {
  const get = (path: string, header = mockCredentials.user.header()) =>
    request(server).get(`/api/gitops${path}`).set('Authorization', header);
  const send = (method: 'post' | 'delete', path: string) =>
    request(server)
      [method](`/api/gitops${path}`)
      .set('Authorization', mockCredentials.user.header());
  const deployments = async (
    entityRef: string = 'component:default/cart',
  ): Promise<DeploymentList> => {
    const response = await get(
      `/v1/deployments?entityRef=${encodeURIComponent(entityRef)}`,
    );
    if (response.status !== 200) {
      throw new TypeError(response.text);
    }
    return response.body;
  };
  return { get, send, deployments };
}

export type Gitops = Awaited<ReturnType<typeof startGitops>>;

/** The source of an instance. */
export function sourceOf(
  list: DeploymentList,
  instance: string = 'main',
): Source | undefined {
  return list.sources.find(({ name }) => name === `argocd:${instance}`);
}

export function component(
  name: string,
  annotations: Record<string, string> = {},
): Entity {
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Component',
    metadata: { name, namespace: 'default', annotations },
    spec: { type: 'service' },
  };
}
