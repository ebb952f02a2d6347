export {
  type ArgocdInstance,
  type ArgocdScope,
  type ClusterConfig,
  type EnvironmentConfig,
  type GitopsConfig,
  type NewRepositoriesConfig,
} from './GitopsConfig';
export { readArgocdConfig } from './readArgocdConfig';
export { readGitopsConfig } from './readGitopsConfig';
