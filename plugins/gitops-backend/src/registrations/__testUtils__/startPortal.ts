import {
  coreServices,
  createBackendPlugin,
  createServiceFactory,
} from '@backstage/backend-plugin-api';
import { mockServices, startTestBackend } from '@backstage/backend-test-utils';
import { type Entity } from '@backstage/catalog-model';
import { catalogServiceRef } from '@backstage/plugin-catalog-node';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import {
  type EventsService,
  eventsServiceRef,
} from '@backstage/plugin-events-node';
import {
  AuthorizeResult,
  type DefinitivePolicyDecision,
  type PolicyDecision,
} from '@backstage/plugin-permission-common';
import { readGitopsConfig } from '@callboard/backstage-plugin-gitops-node';
import { type Sandbox } from '@callboard/sandbox';
import PromiseRouter from 'express-promise-router';
import {
  addRegistrationPermissions,
  createRegistrationRoutes,
  createRegistrationService,
  type LiveFinalizer,
} from '..';
import { portalApi } from './portalApi';
import { portalConfig } from './portalConfig';
import { receivePullRequests } from './receivePullRequests';

type Git = Sandbox['git'];

const GROUPS: Record<string, string[]> = {
  'user:default/maya': ['group:default/storefront'],
  'user:default/priya': ['group:default/payments'],
};

/** Where the portal is told to write, beside what the sandbox has. */
export interface PortalOptions {
  entities?: Entity[];
  /** Default: everything is allowed. */
  decide?: () => PolicyDecision;
  /** Argo CD's word on finalizers. Default: gone. */
  live?: () => LiveFinalizer;
  /** Replaces the name of the platform repository. */
  platform?: string;
  /** Names of the service repositories. Default: all of the organisation. */
  serviceRepositories?: string[];
  /** Whether what happens to pull requests is told. Default: pushes only. */
  pullRequestWebhooks?: boolean;
}

const userInfo = createServiceFactory({
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
});

/** A backend with registrations only, before the Git hosting. */
export async function startPortal(git: Git, options: PortalOptions) {
  const refreshed: object[] = [];
  const events = mockServices.events();
  const decide = options.decide ?? (() => ({ result: AuthorizeResult.ALLOW }));
  const plugin = createPlugin(options, refreshed);
  const backend = await startTestBackend({
    features: [
      plugin,
      mockServices.rootConfig.factory({
        data: portalConfig(git.url, options),
      }),
      mockServices.scheduler.factory({ skipTaskRunOnStartup: true }),
      catalogServiceMock.factory({ entities: options.entities ?? [] }),
      createServiceFactory({
        service: coreServices.permissions,
        deps: {},
        factory: () => ({
          authorize: async (requests): Promise<DefinitivePolicyDecision[]> =>
            requests.map(() => ({ result: AuthorizeResult.ALLOW })),
          authorizeConditional: async requests => requests.map(decide),
        }),
      }),
      userInfo,
      createServiceFactory({
        service: eventsServiceRef,
        deps: {},
        factory: () => events,
      }),
    ],
  });
  const unsubscribe = tellOfPushes(git, events);
  const webhooks = options.pullRequestWebhooks
    ? await receivePullRequests(git, events)
    : undefined;
  return {
    ...portalApi(backend.server),
    refreshed,
    async stop() {
      unsubscribe();
      await webhooks?.stop();
      await backend.stop();
    },
  };
}

export type Portal = Awaited<ReturnType<typeof startPortal>>;

function createPlugin(options: PortalOptions, refreshed: object[]) {
  return createBackendPlugin({
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
}

/** In place of the webhook, and without its delay. */
function tellOfPushes(git: Git, events: EventsService) {
  return git.onPush(({ repository, branch }) => {
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
}
