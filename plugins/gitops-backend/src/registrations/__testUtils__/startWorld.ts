import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  coreServices,
  createBackendPlugin,
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
import { eventsServiceRef } from '@backstage/plugin-events-node';
import {
  AuthorizeResult,
  type PolicyDecision,
} from '@backstage/plugin-permission-common';
import { type RegistrationChange } from '@callboard/backstage-plugin-gitops-common';
import { readGitopsConfig } from '@callboard/backstage-plugin-gitops-node';
import { startSandbox } from '@callboard/sandbox';
import PromiseRouter from 'express-promise-router';
import request from 'supertest';
import {
  addRegistrationPermissions,
  createRegistrationRoutes,
  createRegistrationService,
  type LiveFinalizer,
} from '..';
import { serviceFiles } from './serviceFiles';

/** A token that must appear in no answer. */
export const TOKEN = 'sandbox-callboard';

const GROUPS: Record<string, string[]> = {
  'user:default/maya': ['group:default/storefront'],
  'user:default/priya': ['group:default/payments'],
};

/** Where the portal is told to write, beside what the sandbox has. */
export interface WorldOptions {
  entities?: Entity[];
  /** Default: everything is allowed. */
  decide?: () => PolicyDecision;
  /** Argo CD's word on finalizers. Default: gone. */
  live?: () => LiveFinalizer;
  /** Replaces the name of the platform repository. */
  platform?: string;
}

/** The sandbox's Git hosting, and a backend with registrations only. */
export async function startWorld() {
  const dataDir = await mkdtemp(join(tmpdir(), 'registrations-'));
  const sandbox = await startSandbox({ dataDir, demo: false });
  const { git } = sandbox;

  return {
    git,
    url: git.url,
    portal: (options: WorldOptions = {}) => startPortal(git, options),
    createService: (
      name: string,
      options: {
        files?: Record<string, string | null>;
        protection?: object;
      } = {},
    ) =>
      createRepository(git, {
        name,
        files: { ...serviceFiles(name), ...options.files },
        protection: options.protection,
      }),
    createRepository: (repository: Repository) =>
      createRepository(git, repository),
    hosting: new HostingClient(git.url),
    async stop() {
      await sandbox.stop();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

export type World = Awaited<ReturnType<typeof startWorld>>;
type Git = Awaited<ReturnType<typeof startSandbox>>['git'];

interface Repository {
  name: string;
  files: Record<string, string | null>;
  protection?: object;
}

function createRepository(git: Git, { name, files, protection }: Repository) {
  return git.admin.createRepository({
    owner: 'acme',
    name,
    description: name,
    commits: [
      { message: 'Begin', author: 'maya', at: '2026-01-05T09:00:00Z', files },
    ],
    protection,
  });
}

/** What a person sees and does in the Git hosting. */
export class HostingClient {
  readonly #url: string;

  constructor(url: string) {
    this.#url = url;
  }

  async text(repository: string, path: string): Promise<string | undefined> {
    const response = await fetch(
      `${this.#url}/api/v3/repos/acme/${repository}/contents/${path}`,
      { headers: { accept: 'application/vnd.github.raw' } },
    );
    return response.ok ? response.text() : undefined;
  }

  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  async ask(
    login: string,
    method: string,
    path: string,
    body?: object,
  ): Promise<any> {
    const response = await fetch(`${this.#url}/api/v3/repos/acme/${path}`, {
      method,
      headers: {
        authorization: `Bearer sandbox-${login}`,
        'content-type': 'application/json',
      },
      body: body && JSON.stringify(body),
    });
    const text = await response.text();
    if (!response.ok) {
      throw new TypeError(`${method} ${path}: ${response.status} ${text}`);
    }
    return text ? JSON.parse(text) : undefined;
  }

  /** Approves a pull request of the platform repository and merges it. */
  async merge(number: number, login = 'jonas'): Promise<void> {
    const pull = `gitops-infra/pulls/${number}`;
    await this.ask(login, 'POST', `${pull}/reviews`, { event: 'APPROVE' });
    await this.ask(login, 'PUT', `${pull}/merge`, {});
  }
}

/** The `gitops` block of the sandbox, with its real port. */
function configOf(url: string, platform: string) {
  const environment = (name: string, write: string, clusters: string[]) => ({
    name,
    platformRepo: `${url}/acme/${platform}`,
    path: `clusters/${name}/argocd`,
    write,
    project: `services-${name}`,
    clusters: clusters.map(cluster => ({
      name: cluster,
      instance: 'main',
      destination: `https://${cluster}.k8s.acme.test`,
    })),
  });
  return {
    integrations: {
      github: [
        {
          host: new URL(url).host,
          apiBaseUrl: `${url}/api/v3`,
          rawBaseUrl: `${url}/raw`,
          token: TOKEN,
        },
      ],
    },
    gitops: {
      serviceRepositories: [`${url}/acme/*`],
      environments: [
        environment('dev', 'commit', ['dev']),
        environment('staging', 'commit', ['staging']),
        environment('production', 'pull-request', ['prod-eu1', 'prod-us1']),
      ],
    },
    argocd: {
      appLocatorMethods: [
        {
          type: 'config',
          instances: [{ name: 'main', url: 'http://localhost:1', token: 'x' }],
        },
      ],
    },
  };
}

async function startPortal(git: Git, options: WorldOptions) {
  const refreshed: object[] = [];
  const events = mockServices.events();
  const decide = options.decide ?? (() => ({ result: AuthorizeResult.ALLOW }));
  const plugin = createBackendPlugin({
    pluginId: 'gitops',
    register: env =>
      env.registerInit({
        deps: {
          auth: coreServices.auth,
          auditor: coreServices.auditor,
          catalog: catalogServiceRef,
          events: eventsServiceRef,
          httpAuth: coreServices.httpAuth,
          httpRouter: coreServices.httpRouter,
          logger: coreServices.logger,
          permissions: coreServices.permissions,
          permissionsRegistry: coreServices.permissionsRegistry,
          rootConfig: coreServices.rootConfig,
          scheduler: coreServices.scheduler,
          userInfo: coreServices.userInfo,
        },
        async init(deps) {
          addRegistrationPermissions(deps.permissionsRegistry);
          const registrations = await createRegistrationService({
            ...deps,
            config: readGitopsConfig(deps.rootConfig),
            refresher: {
              async refresh(match) {
                refreshed.push(match);
              },
            },
            live: { read: async () => options.live?.() ?? 'gone' },
          });
          const routes = createRegistrationRoutes({ ...deps, registrations });
          const router = PromiseRouter();
          router.use('/v1/registrations', routes);
          deps.httpRouter.use(router);
        },
      }),
  });
  const backend = await startTestBackend({
    features: [
      plugin,
      mockServices.rootConfig.factory({
        data: configOf(git.url, options.platform ?? 'gitops-infra'),
      }),
      mockServices.scheduler.factory({ skipTaskRunOnStartup: true }),
      catalogServiceMock.factory({ entities: options.entities ?? [] }),
      mockServices.permissions.mock({
        authorize: async requests =>
          requests.map(() => ({ result: AuthorizeResult.ALLOW })),
        authorizeConditional: async requests => requests.map(decide),
      }).factory,
      createServiceFactory({
        service: coreServices.userInfo,
        deps: {},
        factory: () => ({
          async getUserInfo(credentials) {
            const { principal } = credentials as { principal?: unknown };
            const { userEntityRef } = principal as { userEntityRef: string };
            const groups = GROUPS[userEntityRef] ?? [];
            return {
              userEntityRef,
              ownershipEntityRefs: [userEntityRef, ...groups],
            };
          },
        }),
      }),
      createServiceFactory({
        service: eventsServiceRef,
        deps: {},
        factory: () => events,
      }),
    ],
  });
  const unsubscribe = git.onPush(({ repository, branch }) => {
    void events.publish({
      topic: 'github.push',
      eventPayload: {
        ref: `refs/heads/${branch}`,
        repository: {
          html_url: `${git.url}/${repository}`,
          default_branch: 'main',
        },
      },
    });
  });
  return {
    ...portalApi(backend.server),
    refreshed,
    async stop() {
      unsubscribe();
      await backend.stop();
    },
  };
}

/** Asks the backend as a person does. */
function portalApi(server: Parameters<typeof request>[0]) {
  const path = '/api/gitops/v1/registrations';
  const as = (user: string) =>
    mockCredentials.user.header(`user:default/${user}`);

  return {
    post: (body: object, user = 'maya') =>
      request(server).post(path).set('Authorization', as(user)).send(body),
    remove: (query: Record<string, string>, user = 'maya') =>
      request(server).delete(path).set('Authorization', as(user)).query(query),
    list: (entityRef: string, user = 'maya') =>
      request(server)
        .get(path)
        .set('Authorization', as(user))
        .query({ entityRef }),
    anonymously: () => request(server).post(path).send({}),
    async register(body: object): Promise<RegistrationChange> {
      const answer = await this.post(body);
      if (answer.status !== 200) {
        throw new TypeError(answer.text);
      }
      return answer.body;
    },
  };
}

export type Portal = Awaited<ReturnType<typeof startPortal>>;
