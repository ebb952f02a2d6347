import {
  coreServices,
  createBackendPlugin,
} from '@backstage/backend-plugin-api';
import { ScmIntegrations } from '@backstage/integration';
import { catalogServiceRef } from '@backstage/plugin-catalog-node';
import { eventsServiceRef } from '@backstage/plugin-events-node';
import { signalsServiceRef } from '@backstage/plugin-signals-node';
import { gitopsDeploymentReadPermission } from '@callboard/backstage-plugin-gitops-common';
import {
  readArgocdConfig,
  readGitopsConfig,
} from '@callboard/backstage-plugin-gitops-node';
import { ApplicationHub } from './applications/ApplicationHub';
import { ChangeSignals } from './deployments/ChangeSignals';
import { DeploymentService } from './deployments/DeploymentService';
import { connectSignals } from './deployments/connectSignals';
import { subscribeToGitHub } from './deployments/subscribeToGitHub';
import { createRouter } from './http/createRouter';
import { createUnconfiguredRouter } from './http/createUnconfiguredRouter';

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
        catalog: catalogServiceRef,
        events: eventsServiceRef,
        httpAuth: coreServices.httpAuth,
        httpRouter: coreServices.httpRouter,
        lifecycle: coreServices.lifecycle,
        logger: coreServices.logger,
        permissions: coreServices.permissions,
        permissionsRegistry: coreServices.permissionsRegistry,
        rootConfig: coreServices.rootConfig,
        signals: signalsServiceRef,
      },
      async init(deps) {
        const { httpAuth, httpRouter, lifecycle, logger, rootConfig } = deps;
        deps.permissionsRegistry.addPermissions([
          gitopsDeploymentReadPermission,
        ]);

        const { configured, environments } = readGitopsConfig(rootConfig);
        const instances = readArgocdConfig(rootConfig);
        if (!configured || instances.length === 0) {
          const missing = [
            ...(configured ? [] : ['gitops.environments']),
            ...(instances.length > 0 ? [] : ['argocd.appLocatorMethods']),
          ];
          logger.warn('Deployments are not configured', {
            missing: missing.join(', '),
          });
          httpRouter.use(createUnconfiguredRouter(missing));
          return;
        }

        const hub = new ApplicationHub({ instances, logger });
        const signals = new ChangeSignals({ signals: deps.signals, logger });
        connectSignals({ hub, signals, environments });
        await subscribeToGitHub({
          events: deps.events,
          environments,
          refresher: hub.refresher,
          signals,
          logger,
        });

        const deployments = new DeploymentService({
          environments,
          hub,
          signals,
          catalog: deps.catalog,
          permissions: deps.permissions,
          integrations: ScmIntegrations.fromConfig(rootConfig),
        });
        httpRouter.use(createRouter({ httpAuth, deployments }));

        hub.start();
        lifecycle.addShutdownHook(async () => {
          signals.stop();
          await hub.stop();
        });
      },
    });
  },
});
