/**
 * How a service is registered: as an Argo CD Application of its own for each
 * cluster, or as a kustomize remote base of the environment's root application.
 *
 * @public
 */
export type RegistrationKind = 'application' | 'remote-base';
