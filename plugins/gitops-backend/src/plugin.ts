import {
  coreServices,
  createBackendPlugin,
  type HttpAuthService,
  type HttpRouterService,
  type LoggerService,
  type PermissionsRegistryService,
} from '@backstage/backend-plugin-api';
import {
  type MetricsService,
  metricsServiceRef,
} from '@backstage/backend-plugin-api/alpha';
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
import { checkScopes } from './argocd/checkScopes';
import { createDeploymentServices } from './deployments/createDeploymentServices';
import { layoutRefusalsOf } from './deployments/layoutRefusalsOf';
import { createRouter } from './http/createRouter';
import { createSetupRoutes } from './http/createSetupRoutes';
import { createUnconfiguredRouter } from './http/createUnconfiguredRouter';
import {
  createInstanceMetrics,
  createLagMetric,
  createObservationMetrics,
} from './metrics';
import { missingKeys } from './missingKeys';
import {
  createObservations,
  type Observations,
} from './observations/createObservations';
import { lookAtInstances } from './readiness';
import {
  addRegistrationPermissions,
  createRegistrationService,
} from './registrations';
import { createServiceNames } from './services';
import { createSetupServices } from './setup/createSetupServices';

const DEPS = {
  auditor: coreServices.auditor,
  auth: coreServices.auth,
  catalog: catalogServiceRef,
  database: coreServices.database,
  discovery: coreServices.discovery,
  events: eventsServiceRef,
  httpAuth: coreServices.httpAuth,
  httpRouter: coreServices.httpRouter,
  lifecycle: coreServices.lifecycle,
  logger: coreServices.logger,
  metrics: metricsServiceRef,
  permissions: coreServices.permissions,
  permissionsRegistry: coreServices.permissionsRegistry,
  rootConfig: coreServices.rootConfig,
  scheduler: coreServices.scheduler,
  signals: signalsServiceRef,
  userInfo: coreServices.userInfo,
};

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
      deps: DEPS,
      async init(deps) {
        const { httpRouter, logger, permissionsRegistry, rootConfig } = deps;
        addRegistrationPermissions(permissionsRegistry);
        permissionsRegistry.addPermissions([gitopsSetupReadPermission]);

        const config = readGitopsConfig(rootConfig);
        const instances = readArgocdConfig(rootConfig);
        checkScopes(instances);
        const missing = missingKeys(config, instances);
        const hub = missing.length
          ? undefined
          : new ApplicationHub({ ...config, instances, logger });
        await serveSetup({ ...deps, config, missing, hub });
        if (!hub) {
          serveNothing(deps, missing);
          return;
        }

        const observations = await observe({
          ...deps,
          hub,
          retentionMs: config.observationRetentionMs,
        });
        const services = await createDeploymentServices({
          ...deps,
          ...config,
          hub,
          observations,
        });
        addDeploymentPermissions(permissionsRegistry, resourceRefs =>
          services.finder.findResources(resourceRefs),
        );
        const registrations = await createRegistrationService({
          ...deps,
          config,
          refresher: hub.refresher,
          live: finalizersOf(hub, config.environments),
          roots: layoutRefusalsOf(hub.store),
        });
        const serviceNames = createServiceNames({ ...deps, config });
        httpRouter.use(
          createRouter({ ...deps, ...services, registrations, serviceNames }),
        );

        followCredentials({ hub, rootConfig, logger });
        hub.start();
        // A fleet that is read for the first time has much to write down.
        void hub.looked().then(() => observations.writer.start());
        deps.lifecycle.addShutdownHook(async () => {
          await hub.stop();
          await observations.writer.stop();
        });
        await lookAtInstances(hub, logger);
      },
    });
  },
});

/** Lets the backend start, and every answer say what is not configured. */
function serveNothing(
  deps: {
    httpRouter: HttpRouterService;
    logger: LoggerService;
    permissionsRegistry: PermissionsRegistryService;
  },
  missing: readonly string[],
): void {
  deps.logger.warn('Deployments are not configured', {
    missing: missing.join(', '),
  });
  deps.httpRouter.use(createUnconfiguredRouter(missing));
  addDeploymentPermissions(deps.permissionsRegistry, async resourceRefs =>
    resourceRefs.map(() => undefined),
  );
}

/** Writes down what happens, and measures it. */
async function observe(
  options: Omit<Parameters<typeof createObservations>[0], 'onObserved'> & {
    metrics: MetricsService;
  },
): Promise<Observations> {
  const { metrics, hub } = options;
  const onObserved = createLagMetric(metrics);
  const observations = await createObservations({ ...options, onObserved });
  createInstanceMetrics(metrics, hub);
  createObservationMetrics(metrics, observations);
  return observations;
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
