import { ENTITY_REF_ANNOTATION } from '@callboard/backstage-plugin-gitops-common';

/**
 * Where Application and AppProject objects live.
 */
export const ARGOCD_NAMESPACE = 'argocd';

/**
 * With it Argo CD deletes the workloads together with their Application:
 * https://argo-cd.readthedocs.io/en/stable/user-guide/app_deletion/
 */
export const RESOURCES_FINALIZER = 'resources-finalizer.argocd.argoproj.io';

/**
 * The Application of a service on a cluster that follows the service
 * repository; its placeholders are those of layouts.
 */
export const applicationTemplate = {
  apiVersion: 'argoproj.io/v1alpha1',
  kind: 'Application',
  metadata: {
    name: '<application>',
    namespace: ARGOCD_NAMESPACE,
    labels: { 'app.kubernetes.io/name': '<service>' },
    annotations: { [ENTITY_REF_ANNOTATION]: '<entityRef>' },
    finalizers: [RESOURCES_FINALIZER],
  },
  spec: {
    project: '<project>',
    source: {
      repoURL: '<repositoryUrl>',
      path: 'deploy/overlays/<environment>',
      targetRevision: '<ref>',
    },
    destination: { server: '<destination>', namespace: '<namespace>' },
    syncPolicy: {
      automated: { prune: true, selfHeal: true },
      syncOptions: ['CreateNamespace=true'],
    },
  },
};
