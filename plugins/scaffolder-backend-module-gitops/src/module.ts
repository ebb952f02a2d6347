import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { scaffolderActionsExtensionPoint } from '@backstage/plugin-scaffolder-node';
import { GitopsClient } from '@callboard/backstage-plugin-gitops-common';
import {
  createGitHosting,
  readGitopsConfig,
} from '@callboard/backstage-plugin-gitops-node';
import { createDeregisterAction } from './actions/deregister';
import { createInspectAction } from './actions/inspect';
import { createRegisterAction } from './actions/register';

/**
 * Adds the actions `gitops:inspect`, `gitops:register` and `gitops:deregister`
 * to the scaffolder.
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
        config: coreServices.rootConfig,
        discovery: coreServices.discovery,
        logger: coreServices.logger,
      },
      async init({ actions, auth, config, discovery, logger }) {
        const gitops = new GitopsClient({
          discoveryApi: discovery,
          fetchApi: { fetch },
        });
        actions.addActions(
          createInspectAction({
            config: readGitopsConfig(config),
            gitHosting: createGitHosting({ config, logger }),
          }),
          createRegisterAction({ gitops, auth }),
          createDeregisterAction({ gitops, auth }),
        );
      },
    });
  },
});
