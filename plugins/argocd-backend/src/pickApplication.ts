import { ConflictError, NotAllowedError } from '@backstage/errors';
import { type ArgocdApplication } from '@callboard/backstage-plugin-gitops-common';

/** Where Argo CD looks for applications, unless told otherwise. */
const OWN_NAMESPACE = 'argocd';

/**
 * The one application that is meant by a name.
 *
 * @throws NotAllowedError where there is none: so does Argo CD, and the
 * community's frontend then goes on with other instances.
 * @throws ConflictError where there are several, and none of them is in Argo
 * CD's own namespace.
 */
export function pickApplication(
  found: readonly ArgocdApplication[],
): ArgocdApplication {
  const [first, ...others] = found;
  if (!first) {
    throw new NotAllowedError(
      'There is no such application on this Argo CD instance, or you may not see it',
    );
  }
  if (others.length === 0) {
    return first;
  }
  const own = found.find(
    ({ metadata }) => metadata.namespace === OWN_NAMESPACE,
  );
  if (!own) {
    throw new ConflictError(
      'There are applications of this name in several namespaces. Set argocd.namespacedApps: true in the configuration, and argocd/app-namespace on the entity.',
    );
  }
  return own;
}
