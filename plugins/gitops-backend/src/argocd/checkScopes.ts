import { InputError } from '@backstage/errors';
import { type ArgocdInstance } from '@callboard/backstage-plugin-gitops-node';
import { parseLabelSelector } from '../applications/labelSelector';

/**
 * Refuses selectors that Argo CD would not understand: it would answer that
 * something broke, again and again.
 *
 * @throws InputError naming the key and the fix.
 */
export function checkScopes(instances: readonly ArgocdInstance[]): void {
  for (const { name, scope } of instances) {
    if (scope?.selector && !parseLabelSelector(scope.selector)) {
      throw new InputError(
        `gitops.argocd.scopes.${name}.selector is no label selector; write one such as team=shop or team in (shop, web)`,
      );
    }
  }
}
