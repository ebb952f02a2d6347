import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { catalogServiceRef } from '@backstage/plugin-catalog-node';
import { searchIndexRegistryExtensionPoint } from '@backstage/plugin-search-backend-node/alpha';
import { GitopsClient } from '@callboard/backstage-plugin-gitops-common';
import { DeploymentCollatorFactory } from './DeploymentCollatorFactory';
import { IndexedDocuments } from './IndexedDocuments';
import { createEntityVisibility } from './createEntityVisibility';
import { readCollatorConfig } from './readCollatorConfig';

/**
 * Teaches the search what is deployed where. It asks the gitops backend over
 * HTTP, as the portal itself; who may find what is decided by the permission
 * `gitops.deployment.read` for each deployment, and by the catalog.
 *
 * @public
 */
export const searchModuleGitops = createBackendModule({
  pluginId: 'search',
  moduleId: 'gitops',
  register(env) {
    env.registerInit({
      deps: {
        auth: coreServices.auth,
        catalog: catalogServiceRef,
        discovery: coreServices.discovery,
        httpAuth: coreServices.httpAuth,
        httpRouter: coreServices.httpRouter,
        indexRegistry: searchIndexRegistryExtensionPoint,
        logger: coreServices.logger,
        permissions: coreServices.permissions,
        rootConfig: coreServices.rootConfig,
        scheduler: coreServices.scheduler,
      },
      async init(deps) {
        const { discovery, httpRouter, indexRegistry, scheduler } = deps;
        const config = readCollatorConfig(deps.rootConfig);
        httpRouter.use(createEntityVisibility(deps));
        indexRegistry.addCollator({
          schedule: scheduler.createScheduledTaskRunner(config.schedule),
          factory: new DeploymentCollatorFactory({
            ...deps,
            config,
            gitops: new GitopsClient({
              discoveryApi: discovery,
              fetchApi: { fetch },
            }),
            indexed: new IndexedDocuments(deps),
          }),
        });
      },
    });
  },
});
