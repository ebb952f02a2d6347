import {
  coreServices,
  createServiceFactory,
  type PermissionsService,
} from '@backstage/backend-plugin-api';
import {
  mockCredentials,
  mockServices,
  startTestBackend,
} from '@backstage/backend-test-utils';
import { type Entity } from '@backstage/catalog-model';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import {
  AuthorizeResult,
  type Permission,
} from '@backstage/plugin-permission-common';
import { signalsServiceRef } from '@backstage/plugin-signals-node';
import { gitopsPlugin } from '@callboard/backstage-plugin-gitops-backend';
import request from 'supertest';
import { argocdPlugin } from '../plugin';

/** An instance, as `argocd.appLocatorMethods` has it. */
interface InstanceBlock {
  readonly name: string;
  readonly url: string;
  readonly frontendUrl?: string;
  readonly token: string;
}

export interface Portal {
  get(
    path: string,
    header?: string,
  ): Promise<{ status: number; body: unknown }>;
  send(
    method: 'post' | 'put' | 'delete',
    path: string,
  ): Promise<{ status: number; text: string }>;
  stop(): Promise<void>;
}

/** A backend with both plugins, asked as a browser does. */
export async function startPortal(options: {
  instances: readonly InstanceBlock[];
  gitUrl?: string;
  entities: Entity[];
  /** Names of permissions that nobody has. */
  denied?: ReadonlySet<string>;
}): Promise<Portal> {
  const { entities, denied = new Set() } = options;
  const backend = await startTestBackend({
    features: [
      gitopsPlugin,
      argocdPlugin,
      mockServices.rootConfig.factory({ data: configOf(options) }),
      mockServices.rootLogger.factory({ level: 'none' }),
      catalogServiceMock.factory({ entities }),
      mockServices.events.factory(),
      createServiceFactory({
        service: coreServices.permissions,
        deps: {},
        factory: () => permissions(denied),
      }),
      createServiceFactory({
        service: signalsServiceRef,
        deps: {},
        factory: () => ({ async publish() {} }),
      }),
    ],
  });
  const url = (path: string) => `/api/argocd${path}`;
  return {
    get: async (path, header = mockCredentials.user.header()) =>
      request(backend.server).get(url(path)).set('Authorization', header),
    send: async (method, path) =>
      request(backend.server)
        [method](url(path))
        .set('Authorization', mockCredentials.user.header())
        .send({}),
    stop: () => backend.stop(),
  };
}

function permissions(denied: ReadonlySet<string>): PermissionsService {
  const decide = ({ permission }: { permission: Permission }) => ({
    result: denied.has(permission.name)
      ? AuthorizeResult.DENY
      : AuthorizeResult.ALLOW,
  });
  return {
    authorize: async asked => asked.map(decide),
    authorizeConditional: async asked => asked.map(decide),
  } as PermissionsService;
}

function configOf(options: {
  instances: readonly InstanceBlock[];
  gitUrl?: string;
}) {
  const { instances, gitUrl = 'https://git.acme.test' } = options;
  return {
    gitops: {
      // Policies of tests change from one question to the next.
      permissionCache: { ttl: { seconds: 0 } },
      environments: [
        {
          name: 'dev',
          platformRepo: `${gitUrl}/acme/gitops-infra`,
          path: 'clusters/dev/argocd',
          write: 'commit',
          project: 'services-dev',
          clusters: [
            {
              name: 'dev',
              instance: 'main',
              destination: 'https://dev.k8s.acme.test',
            },
          ],
        },
      ],
    },
    argocd: {
      appLocatorMethods: [
        { type: 'config', instances: instances.map(each => ({ ...each })) },
      ],
    },
  };
}

/** A service in the catalog. */
export function component(
  name: string,
  annotations: Record<string, string>,
): Entity {
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Component',
    metadata: { name, namespace: 'default', annotations },
    spec: { type: 'service' },
  };
}
