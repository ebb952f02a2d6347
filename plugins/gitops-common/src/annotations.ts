/**
 * Annotations of Roadie's Argo CD plugin, which select the applications of an
 * entity.
 *
 * @public
 */
export const ARGOCD_APP_NAME = 'argocd/app-name';
/** Label selector, for example `team=cart`. @public */
export const ARGOCD_APP_SELECTOR = 'argocd/app-selector';
/** Namespace of the Application objects. @public */
export const ARGOCD_APP_NAMESPACE = 'argocd/app-namespace';
/** AppProject of the applications. @public */
export const ARGOCD_PROJECT_NAME = 'argocd/project-name';
/** Instances to look at, separated by commas. @public */
export const ARGOCD_INSTANCE_NAME = 'argocd/instance-name';

/**
 * On a service's entity: the template that created it. It marks a repository
 * as ours, so that running the template again continues.
 *
 * @public
 */
export const TEMPLATE_ANNOTATION = 'callboard.dev/template';

/**
 * On an Application in the platform repository: the entity it deploys.
 *
 * @public
 */
export const ENTITY_REF_ANNOTATION = 'backstage.io/entity-ref';
