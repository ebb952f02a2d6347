import { createPermission } from '@backstage/plugin-permission-common';

/**
 * Resource type of a service's registration for an environment.
 *
 * @public
 */
export const RESOURCE_TYPE_REGISTRATION = 'gitops-registration';

/**
 * To see which applications an entity has, and how they are.
 *
 * @public
 */
export const gitopsDeploymentReadPermission = createPermission({
  name: 'gitops.deployment.read',
  attributes: { action: 'read' },
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
 * All permissions of the plugin.
 *
 * @public
 */
export const gitopsPermissions = [
  gitopsDeploymentReadPermission,
  gitopsRegistrationCreatePermission,
  gitopsRegistrationDeletePermission,
];
