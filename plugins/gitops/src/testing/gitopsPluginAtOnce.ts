import { gitopsPlugin } from '../plugin';

/**
 * The plugin for an app that is drawn at once. The page Delivery setup asks
 * first whether it is there for the user, and `renderTestApp` does not wait.
 */
export const gitopsPluginAtOnce = gitopsPlugin.withOverrides({
  extensions: [
    gitopsPlugin.getExtension('page:gitops/setup').override({ if: undefined }),
  ],
});
