import { createPermission } from '@backstage/plugin-permission-common';

/**
 * Resource type of a service's registration for an environment.
 *
 * @public
 */
export const RESOURCE_TYPE_REGISTRATION = 'gitops-registration';

/**
 * Resource type of a deployment: what runs for a service in an environment on a
 * cluster.
 *
 * @public
 */
export const RESOURCE_TYPE_DEPLOYMENT = 'gitops-deployment';

/**
 * To see which applications an entity has, and how they are.
 *
 * @public
 */
export const gitopsDeploymentReadPermission = createPermission({
  name: 'gitops.deployment.read',
  attributes: { action: 'read' },
  resourceType: RESOURCE_TYPE_DEPLOYMENT,
});

/**
 * To look into a deployment: its resources, differences, events and history.
 *
 * @public
 */
export const gitopsDeploymentDetailReadPermission = createPermission({
  name: 'gitops.deployment.detail.read',
  attributes: { action: 'read' },
  resourceType: RESOURCE_TYPE_DEPLOYMENT,
});

/**
 * To read the values of environment variables, ConfigMaps and Helm charts in
 * the differences of a deployment, which may be secrets; without it they are masked.
 *
 * @public
 */
export const gitopsDeploymentValuesReadPermission = createPermission({
  name: 'gitops.deployment.values.read',
  attributes: { action: 'read' },
  resourceType: RESOURCE_TYPE_DEPLOYMENT,
});

/**
 * To read what the pods of a deployment log.
 *
 * @public
 */
export const gitopsDeploymentLogsReadPermission = createPermission({
  name: 'gitops.deployment.logs.read',
  attributes: { action: 'read' },
  resourceType: RESOURCE_TYPE_DEPLOYMENT,
});

/**
 * To have Argo CD look at a deployment's source again.
 *
 * @public
 */
export const gitopsDeploymentRefreshPermission = createPermission({
  name: 'gitops.deployment.refresh',
  attributes: { action: 'update' },
  resourceType: RESOURCE_TYPE_DEPLOYMENT,
});

/**
 * To have Argo CD apply what Git asks for.
 *
 * @public
 */
export const gitopsDeploymentSyncPermission = createPermission({
  name: 'gitops.deployment.sync',
  attributes: { action: 'update' },
  resourceType: RESOURCE_TYPE_DEPLOYMENT,
});

/**
 * To have a sync delete what is no longer in Git, beside the permission to sync.
 *
 * @public
 */
export const gitopsDeploymentPrunePermission = createPermission({
  name: 'gitops.deployment.prune',
  attributes: { action: 'delete' },
  resourceType: RESOURCE_TYPE_DEPLOYMENT,
});

/**
 * To end a sync that is running.
 *
 * @public
 */
export const gitopsDeploymentTerminatePermission = createPermission({
  name: 'gitops.deployment.terminate',
  attributes: { action: 'update' },
  resourceType: RESOURCE_TYPE_DEPLOYMENT,
});

/**
 * To register a service for an environment.
 *
 * @public
 */
export const gitopsRegistrationCreatePermission = createPermission({
  name: 'gitops.registration.create',
  attributes: { action: 'create' },
  resourceType: RESOURCE_TYPE_REGISTRATION,
});

/**
 * To remove the registration of a service for an environment.
 *
 * @public
 */
export const gitopsRegistrationDeletePermission = createPermission({
  name: 'gitops.registration.delete',
  attributes: { action: 'delete' },
  resourceType: RESOURCE_TYPE_REGISTRATION,
});

/**
 * To see what is wrong with the portal's set-up, and which applications and
 * entities don't come together. Both tell of all applications and entities,
 * also those that the reader could not see otherwise.
 *
 * @public
 */
export const gitopsSetupReadPermission = createPermission({
  name: 'gitops.setup.read',
  attributes: { action: 'read' },
});

/**
 * All permissions of the plugin.
 *
 * @public
 */
export const gitopsPermissions = [
  gitopsDeploymentReadPermission,
  gitopsDeploymentDetailReadPermission,
  gitopsDeploymentValuesReadPermission,
  gitopsDeploymentLogsReadPermission,
  gitopsDeploymentRefreshPermission,
  gitopsDeploymentSyncPermission,
  gitopsDeploymentPrunePermission,
  gitopsDeploymentTerminatePermission,
  gitopsRegistrationCreatePermission,
  gitopsRegistrationDeletePermission,
  gitopsSetupReadPermission,
];
