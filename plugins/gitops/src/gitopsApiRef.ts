import { createApiRef } from '@backstage/frontend-plugin-api';
import { type GitopsApi } from '@callboard/backstage-plugin-gitops-common';

/**
 * Where the plugin's components get the backend's API from.
 *
 * @public
 */
export const gitopsApiRef = createApiRef<GitopsApi>().with({
  id: 'plugin.gitops.client',
  pluginId: 'gitops',
});
