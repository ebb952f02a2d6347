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
import { z } from 'zod/v4';

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
  name: 'IS_ENTITY_OWNER',
  description: 'Allow for services that one of the claims owns',
  resourceRef: registrationResourceRef,
  paramsSchema: z.object({
    claims: z
      .array(z.string())
      .describe('Entity references of a person and the person’s groups'),
  }),
  apply: ({ owners }, { claims }) =>
    claims.some(claim => owners.includes(claim.toLowerCase())),
  toQuery: ({ claims }) => ({ owners: claims }),
});

const isEnvironment = createPermissionRule({
  name: 'IS_ENVIRONMENT',
  description: 'Allow for certain environments',
  resourceRef: registrationResourceRef,
  paramsSchema: z.object({
    environments: z
      .array(z.string())
      .describe('Names of configured environments'),
  }),
  apply: ({ environment }, { environments }) =>
    environments.includes(environment),
  toQuery: ({ environments }) => ({ environments }),
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
