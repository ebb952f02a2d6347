import {
  type ArgocdInstance,
  type GitopsConfig,
} from '@callboard/backstage-plugin-gitops-node';

/** The keys without which there is nothing to show. */
export function missingKeys(
  { configured }: GitopsConfig,
  instances: readonly ArgocdInstance[],
): string[] {
  return [
    ...(configured ? [] : ['gitops.environments']),
    ...(instances.length > 0 ? [] : ['argocd.appLocatorMethods']),
  ];
}
