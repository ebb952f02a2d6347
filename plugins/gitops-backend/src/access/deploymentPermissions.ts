import { type PermissionsRegistryService } from '@backstage/backend-plugin-api';
import {
  createConditionExports,
  createPermissionResourceRef,
  createPermissionRule,
} from '@backstage/plugin-permission-node';
import {
  gitopsDeploymentDetailReadPermission,
  gitopsDeploymentLogsReadPermission,
  gitopsDeploymentPrunePermission,
  gitopsDeploymentReadPermission,
  gitopsDeploymentRefreshPermission,
  gitopsDeploymentSyncPermission,
  gitopsDeploymentTerminatePermission,
  gitopsDeploymentValuesReadPermission,
  RESOURCE_TYPE_DEPLOYMENT,
} from '@callboard/backstage-plugin-gitops-common';
import { z } from 'zod/v4';
import { environmentRule, ownerRule } from './serviceRules';

/**
 * What policies decide on: what runs for a service in an environment on a
 * cluster.
 *
 * @public
 */
export interface DeploymentResource {
  readonly entityRef: string;
  /** Entity references, as the catalog spells them: lower case. */
  readonly owners: readonly string[];
  /** Absent where the destination is none of a configured environment. */
  readonly environment?: string;
  /** Name of the cluster; the destination's address where it is not configured. */
  readonly cluster: string;
}

/** @public */
export type DeploymentQuery =
  | { readonly owners: readonly string[] }
  | { readonly environments: readonly string[] }
  | { readonly clusters: readonly string[] };

/** @public */
export const deploymentResourceRef = createPermissionResourceRef<
  DeploymentResource,
  DeploymentQuery
>().with({ pluginId: 'gitops', resourceType: RESOURCE_TYPE_DEPLOYMENT });

const isEntityOwner = createPermissionRule({
  ...ownerRule,
  resourceRef: deploymentResourceRef,
});

const isEnvironment = createPermissionRule({
  ...environmentRule,
  resourceRef: deploymentResourceRef,
});

const isCluster = createPermissionRule({
  name: 'IS_CLUSTER',
  description: 'Allow for certain clusters',
  resourceRef: deploymentResourceRef,
  paramsSchema: z.object({
    clusters: z.array(z.string()).describe('Names of configured clusters'),
  }),
  apply: ({ cluster }, { clusters }) => clusters.includes(cluster),
  toQuery: ({ clusters }) => ({ clusters }),
});

/** @internal */
export const deploymentRules = { isEntityOwner, isEnvironment, isCluster };

const exported = createConditionExports({
  resourceRef: deploymentResourceRef,
  rules: deploymentRules,
});

/**
 * The conditions that a policy can put on deployments, for example
 * `deploymentConditions.isEnvironment({ environments: ['dev'] })`.
 *
 * @public
 */
export const deploymentConditions = exported.conditions;

/**
 * Makes such conditions a policy's decision.
 *
 * @public
 */
export const createDeploymentConditionalDecision =
  exported.createConditionalDecision;

/** By what a person may do. */
export const VERB_PERMISSIONS = {
  detail: gitopsDeploymentDetailReadPermission,
  values: gitopsDeploymentValuesReadPermission,
  logs: gitopsDeploymentLogsReadPermission,
  refresh: gitopsDeploymentRefreshPermission,
  sync: gitopsDeploymentSyncPermission,
  prune: gitopsDeploymentPrunePermission,
  terminate: gitopsDeploymentTerminatePermission,
} as const;

/**
 * Tells the permission framework about the permissions on deployments and their
 * rules, and how to find what somebody else, such as the search, asks about.
 */
export function addDeploymentPermissions(
  permissionsRegistry: PermissionsRegistryService,
  getResources: (
    resourceRefs: string[],
  ) => Promise<(DeploymentResource | undefined)[]>,
): void {
  permissionsRegistry.addResourceType({
    resourceRef: deploymentResourceRef,
    permissions: [
      gitopsDeploymentReadPermission,
      ...Object.values(VERB_PERMISSIONS),
    ],
    rules: Object.values(deploymentRules),
    getResources,
  });
}
