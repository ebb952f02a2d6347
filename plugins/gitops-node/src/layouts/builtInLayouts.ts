import { applicationTemplate } from '../manifests/applicationTemplate';
import { type Layout } from './Layout';

const SERVICE_NAMESPACE = '<service>-<environment>';
const OVERLAY = 'deploy/overlays/<environment>';
const KUSTOMIZATION = '<clusterPath>/kustomization.yaml';

// The service repository's own overlay, which its Application follows.
const releaseInOverlay = {
  repository: 'service',
  path: `${OVERLAY}/kustomization.yaml`,
  image: '<service>',
} as const;

/**
 * An Application for each service, environment and cluster.
 */
export const multiRepo: Layout = {
  name: 'multi-repo',
  kind: 'application',
  clusters: 'any',
  application: '<service>-<environment>-<cluster>',
  namespace: SERVICE_NAMESPACE,
  registration: [
    {
      edit: 'write-file',
      path: '<clusterPath>/apps/<application>.yaml',
      content: applicationTemplate,
    },
    {
      edit: 'add-resource',
      path: KUSTOMIZATION,
      resource: 'apps/<application>.yaml',
    },
  ],
  release: releaseInOverlay,
};

/**
 * The service's overlay as a remote base of the environment's root application,
 * which reaches one cluster only.
 */
const multiRepoRemoteBase: Layout = {
  name: 'multi-repo-remote-base',
  kind: 'remote-base',
  clusters: 'one',
  namespace: SERVICE_NAMESPACE,
  registration: [
    {
      edit: 'add-resource',
      path: KUSTOMIZATION,
      resource: `<repositoryUrl>//${OVERLAY}?ref=<ref>`,
    },
    // Without it nobody can tell which of the root's objects come from where.
    {
      edit: 'add-build-metadata',
      path: KUSTOMIZATION,
      option: 'originAnnotations',
    },
  ],
  release: releaseInOverlay,
};

/**
 * The layouts that need no declaration.
 *
 * @public
 */
export const builtInLayouts: readonly Layout[] = [
  multiRepo,
  multiRepoRemoteBase,
];
