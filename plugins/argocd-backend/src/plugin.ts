import {
  coreServices,
  createBackendPlugin,
} from '@backstage/backend-plugin-api';
import { GitopsClient } from '@callboard/backstage-plugin-gitops-common';
import { ApplicationReader } from './ApplicationReader';
import { createRouter } from './createRouter';

/**
 * Answers under `/api/argocd` what the frontends of other Argo CD plugins ask
 * for. It asks the gitops backend on behalf of the caller, and never Argo CD.
 *
 * @public
 */
export const argocdPlugin = createBackendPlugin({
  pluginId: 'argocd',
  register(env) {
    env.registerInit({
      deps: {
        auth: coreServices.auth,
        discovery: coreServices.discovery,
        httpAuth: coreServices.httpAuth,
        httpRouter: coreServices.httpRouter,
      },
      async init({ auth, discovery, httpAuth, httpRouter }) {
        const gitops = new GitopsClient({
          discoveryApi: discovery,
          fetchApi: { fetch },
        });
        const applications = new ApplicationReader({ auth, gitops });
        httpRouter.use(createRouter({ httpAuth, applications }));
      },
    });
  },
});
