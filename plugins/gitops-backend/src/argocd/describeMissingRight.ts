import { ArgocdError } from './ArgocdError';

/** A right that an application takes, as Argo CD's policies name it. */
export type ArgocdApplicationRight =
  | 'applications, get'
  | 'applications, sync'
  | 'logs, get'
  | 'projects, get';

/**
 * What to tell a person where Argo CD does not let the portal's account do
 * something with an application: who has to give it which right, and where; see
 * https://argo-cd.readthedocs.io/en/stable/operator-manual/rbac/
 */
export function describeMissingRight(
  right: ArgocdApplicationRight,
  { project }: { readonly project: string },
): string {
  const object = right === 'projects, get' ? project : `${project}/*`;
  return `Argo CD does not let the portal's account do this. Whoever runs Argo CD has to give it the right "${right}, ${object}", with a line in policy.csv of the ConfigMap argocd-rbac-cm.`;
}

/** The same failure; one that a missing right is behind names it. */
export function namingRight(
  error: ArgocdError,
  right: ArgocdApplicationRight,
  application: { readonly project: string },
): ArgocdError {
  const { failure, detail } = error;
  return failure === 'forbidden'
    ? new ArgocdError(failure, describeMissingRight(right, application), detail)
    : error;
}
