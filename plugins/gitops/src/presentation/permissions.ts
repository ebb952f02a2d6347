import {
  type DeploymentVerb,
  gitopsDeploymentDetailReadPermission,
  gitopsDeploymentLogsReadPermission,
  gitopsDeploymentPrunePermission,
  gitopsDeploymentRefreshPermission,
  gitopsDeploymentSyncPermission,
  gitopsDeploymentTerminatePermission,
  gitopsDeploymentValuesReadPermission,
} from '@callboard/backstage-plugin-gitops-common';

const PERMISSIONS: Record<DeploymentVerb, { readonly name: string }> = {
  detail: gitopsDeploymentDetailReadPermission,
  values: gitopsDeploymentValuesReadPermission,
  logs: gitopsDeploymentLogsReadPermission,
  refresh: gitopsDeploymentRefreshPermission,
  sync: gitopsDeploymentSyncPermission,
  prune: gitopsDeploymentPrunePermission,
  terminate: gitopsDeploymentTerminatePermission,
};

/** The name of the permission that allows it, as administrators write it. */
export function permissionFor(verb: DeploymentVerb): string {
  return PERMISSIONS[verb].name;
}

/** Why somebody may not, and what to do about it. */
export function explainDenied(verb: DeploymentVerb): string {
  return `It takes the permission ${permissionFor(
    verb,
  )}. Ask the people who run the portal for it.`;
}
