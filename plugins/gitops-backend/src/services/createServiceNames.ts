import {
  type LoggerService,
  type PermissionsService,
  type RootConfigService,
} from '@backstage/backend-plugin-api';
import {
  createGitHosting,
  type GitopsConfig,
} from '@callboard/backstage-plugin-gitops-node';
import { ServiceNames } from './ServiceNames';

/** Looks for names where new repositories go, by the portal's own account. */
export function createServiceNames(options: {
  config: GitopsConfig;
  rootConfig: RootConfigService;
  logger: LoggerService;
  permissions: PermissionsService;
}): ServiceNames {
  const { config, rootConfig, logger, permissions } = options;
  return new ServiceNames({
    newRepositories: config.newRepositories,
    hosting: createGitHosting({ config: rootConfig, logger }),
    permissions,
  });
}
