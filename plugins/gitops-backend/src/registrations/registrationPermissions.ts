import { type PermissionsRegistryService } from '@backstage/backend-plugin-api';
import {
  createConditionExports,
  createPermissionResourceRef,
  createPermissionRule,
} from '@backstage/plugin-permission-node';
import {
  gitopsRegistrationCreatePermission,
  gitopsRegistrationDeletePermission,
  RESOURCE_TYPE_REGISTRATION,
} from '@callboard/backstage-plugin-gitops-common';
import { environmentRule, ownerRule } from '../access/serviceRules';

/**
 * What policies decide on: a service's registration for an environment.
 *
 * @public
 */
export interface RegistrationResource {
  readonly entityRef: string;
  /** Entity references, as the catalog spells them: lower case. */
  readonly owners: readonly string[];
  readonly environment: string;
}

/** @public */
export type RegistrationQuery =
  | { readonly owners: readonly string[] }
  | { readonly environments: readonly string[] };

/** @public */
export const registrationResourceRef = createPermissionResourceRef<
  RegistrationResource,
  RegistrationQuery
>().with({ pluginId: 'gitops', resourceType: RESOURCE_TYPE_REGISTRATION });

const isEntityOwner = createPermissionRule({
  ...ownerRule,
  resourceRef: registrationResourceRef,
});

const isEnvironment = createPermissionRule({
  ...environmentRule,
  resourceRef: registrationResourceRef,
});

/** @internal */
export const registrationRules = { isEntityOwner, isEnvironment };

const exported = createConditionExports({
  resourceRef: registrationResourceRef,
  rules: registrationRules,
});

/**
 * The conditions that a policy can put on registrations, for example
 * `registrationConditions.isEntityOwner({ claims })`.
 *
 * @public
 */
export const registrationConditions = exported.conditions;

/**
 * Makes such conditions a policy's decision.
 *
 * @public
 */
export const createRegistrationConditionalDecision =
  exported.createConditionalDecision;

/**
 * Tells the permission framework about the permissions on registrations and
 * their rules.
 */
export function addRegistrationPermissions(
  permissionsRegistry: PermissionsRegistryService,
): void {
  permissionsRegistry.addResourceType({
    resourceRef: registrationResourceRef,
    permissions: [
      gitopsRegistrationCreatePermission,
      gitopsRegistrationDeletePermission,
    ],
    rules: Object.values(registrationRules),
  });
}
