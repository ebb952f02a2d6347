import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { catalogServiceRef } from '@backstage/plugin-catalog-node';
import { scaffolderActionsExtensionPoint } from '@backstage/plugin-scaffolder-node';
import { GitopsClient } from '@callboard/backstage-plugin-gitops-common';
import {
  createGitHosting,
  readGitopsConfig,
} from '@callboard/backstage-plugin-gitops-node';
import { createAwaitEntityAction } from './actions/awaitEntity';
import { createDeregisterAction } from './actions/deregister';
import { createInspectAction } from './actions/inspect';
import { createRegisterAction } from './actions/register';

/**
 * Adds the actions `gitops:inspect`, `gitops:register`, `gitops:deregister` and
 * `gitops:await-entity` to the scaffolder.
 *
 * @public
 */
export const scaffolderModuleGitops = createBackendModule({
  pluginId: 'scaffolder',
  moduleId: 'gitops',
  register(reg) {
    reg.registerInit({
      deps: {
        actions: scaffolderActionsExtensionPoint,
        auth: coreServices.auth,
        catalog: catalogServiceRef,
        config: coreServices.rootConfig,
        discovery: coreServices.discovery,
        logger: coreServices.logger,
      },
      async init({ actions, auth, catalog, config, discovery, logger }) {
        const gitops = new GitopsClient({
          discoveryApi: discovery,
          fetchApi: { fetch },
        });
        actions.addActions(
          createInspectAction({
            config: readGitopsConfig(config),
            gitHosting: createGitHosting({ config, logger }),
          }),
          createAwaitEntityAction({ catalog }),
          createRegisterAction({ gitops, auth }),
          createDeregisterAction({ gitops, auth }),
        );
      },
    });
  },
});
