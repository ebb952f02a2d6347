import {
  coreServices,
  createBackendPlugin,
  type HttpAuthService,
  type HttpRouterService,
  type PermissionsRegistryService,
} from '@backstage/backend-plugin-api';
import { catalogServiceRef } from '@backstage/plugin-catalog-node';
import { eventsServiceRef } from '@backstage/plugin-events-node';
import { signalsServiceRef } from '@backstage/plugin-signals-node';
import { gitopsSetupReadPermission } from '@callboard/backstage-plugin-gitops-common';
import {
  readArgocdConfig,
  readGitopsConfig,
} from '@callboard/backstage-plugin-gitops-node';
import { addDeploymentPermissions } from './access/deploymentPermissions';
import { ApplicationHub } from './applications/ApplicationHub';
import { finalizersOf } from './applications/finalizersOf';
import { followCredentials } from './applications/followCredentials';
import { createDeploymentServices } from './deployments/createDeploymentServices';
import { createRouter } from './http/createRouter';
import { createSetupRoutes } from './http/createSetupRoutes';
import { createUnconfiguredRouter } from './http/createUnconfiguredRouter';
import { missingKeys } from './missingKeys';
import {
  addRegistrationPermissions,
  createRegistrationService,
} from './registrations';
import { createServiceNames } from './services';
import { createSetupServices } from './setup/createSetupServices';

/**
 * The backend of Callboard: what runs where, live from Argo CD, and where
 * services are registered.
 *
 * @public
 */
export const gitopsPlugin = createBackendPlugin({
  pluginId: 'gitops',
  register(env) {
    env.registerInit({
      deps: {
        auditor: coreServices.auditor,
        auth: coreServices.auth,
        catalog: catalogServiceRef,
        discovery: coreServices.discovery,
        events: eventsServiceRef,
        httpAuth: coreServices.httpAuth,
        httpRouter: coreServices.httpRouter,
        lifecycle: coreServices.lifecycle,
        logger: coreServices.logger,
        permissions: coreServices.permissions,
        permissionsRegistry: coreServices.permissionsRegistry,
        rootConfig: coreServices.rootConfig,
        scheduler: coreServices.scheduler,
        signals: signalsServiceRef,
        userInfo: coreServices.userInfo,
      },
      async init(deps) {
        const { httpRouter, logger, permissionsRegistry, rootConfig } = deps;
        addPermissions(permissionsRegistry);

        const config = readGitopsConfig(rootConfig);
        const instances = readArgocdConfig(rootConfig);
        const missing = missingKeys(config, instances);
        const hub = missing.length
          ? undefined
          : new ApplicationHub({ instances, logger });
        await serveSetup({ ...deps, config, missing, hub });
        if (!hub) {
          logger.warn('Deployments are not configured', {
            missing: missing.join(', '),
          });
          httpRouter.use(createUnconfiguredRouter(missing));
          return;
        }

        const services = await createDeploymentServices({
          ...deps,
          ...config,
          hub,
        });
        const registrations = await createRegistrationService({
          ...deps,
          config,
          refresher: hub.refresher,
          live: finalizersOf(hub, config.environments),
        });
        const serviceNames = createServiceNames({ ...deps, config });
        httpRouter.use(
          createRouter({ ...deps, ...services, registrations, serviceNames }),
        );

        followCredentials({ hub, rootConfig, logger });
        hub.start();
        deps.lifecycle.addShutdownHook(() => hub.stop());
      },
    });
  },
});

function addPermissions(registry: PermissionsRegistryService): void {
  addDeploymentPermissions(registry);
  addRegistrationPermissions(registry);
  registry.addPermissions([gitopsSetupReadPermission]);
}

/** Tells how everything is set up, also where it is not. */
async function serveSetup(
  options: Parameters<typeof createSetupServices>[0] & {
    httpAuth: HttpAuthService;
    httpRouter: HttpRouterService;
  },
): Promise<void> {
  const services = await createSetupServices(options);
  options.httpRouter.use(createSetupRoutes({ ...options, ...services }));
}
