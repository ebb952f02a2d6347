/**
 * What somebody can do with a deployment, beside seeing how it is:
 *
 * - `detail`: look at its resources, differences, events and history
 * - `values`: see the values of environment variables, ConfigMaps and Helm charts in the differences
 * - `logs`: read what its pods log
 * - `refresh`: have Argo CD look at its source again
 * - `sync`: have Argo CD apply what Git asks for
 * - `prune`: have a sync delete what is no longer in Git
 * - `terminate`: end a sync that is running
 *
 * @public
 */
export type DeploymentVerb =
  | 'detail'
  | 'values'
  | 'logs'
  | 'refresh'
  | 'sync'
  | 'prune'
  | 'terminate';

/**
 * What the caller may do with a deployment.
 *
 * @public
 */
export interface DeploymentAccess {
  readonly may: readonly DeploymentVerb[];
  /**
   * Why nobody may do anything here, whatever permissions they have: nothing
   * outside of the entity says that the application is the entity's, or it
   * deploys other services, too. For a person, with what to do.
   */
  readonly unproven?: string;
  /** Whether that is because the application deploys other services, too. */
  readonly isShared?: boolean;
}
