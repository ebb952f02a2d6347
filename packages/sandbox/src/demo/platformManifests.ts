import { type DemoEnvironment, IN_CLUSTER } from './environments';
import { ORGANISATION } from './organisation';

export const PLATFORM_REPOSITORY = 'gitops-infra';

/** Folder of the environment's Applications in the platform repository. */
export function environmentPath(environment: string): string {
  return `clusters/${environment}/argocd`;
}

/** The AppProject of the roots, which may create Applications and AppProjects. */
export function platformProject(gitUrl: string): string {
  return `apiVersion: argoproj.io/v1alpha1
kind: AppProject
metadata:
  name: platform
  namespace: argocd
spec:
  description: What Argo CD needs for itself
  sourceRepos:
    - ${gitUrl}/${ORGANISATION.login}/${PLATFORM_REPOSITORY}
  destinations:
    - server: ${IN_CLUSTER.server}
      namespace: argocd
  namespaceResourceWhitelist:
    - group: argoproj.io
      kind: Application
    - group: argoproj.io
      kind: AppProject
`;
}

/** The root of the environment: one Application that brings all others. */
export function rootApplication(environment: string, gitUrl: string): string {
  return `apiVersion: argoproj.io/v1alpha1
kind: Application
metadata:
  name: root-${environment}
  namespace: argocd
spec:
  project: platform
  source:
    repoURL: ${gitUrl}/${ORGANISATION.login}/${PLATFORM_REPOSITORY}
    path: ${environmentPath(environment)}
    targetRevision: main
  destination:
    server: ${IN_CLUSTER.server}
    namespace: argocd
  syncPolicy:
    automated:
      prune: true
      selfHeal: true
`;
}

/** The AppProject of the environment's services. */
export function servicesProject(
  environment: DemoEnvironment,
  gitUrl: string,
): string {
  const destinations = environment.clusters
    .map(
      ({ server }) => `    - server: ${server}
      namespace: '*-${environment.name}'
`,
    )
    .join('');
  return `apiVersion: argoproj.io/v1alpha1
kind: AppProject
metadata:
  name: services-${environment.name}
  namespace: argocd
spec:
  description: Services in ${environment.name}
  sourceRepos:
    - ${gitUrl}/${ORGANISATION.login}/*
  destinations:
${destinations}  clusterResourceWhitelist:
    - group: ''
      kind: Namespace
`;
}

/** Where and how a service is deployed. */
export interface DemoApplication {
  readonly service: string;
  readonly environment: string;
  readonly cluster: { readonly name: string; readonly server: string };
  readonly manualSync: boolean;
  readonly keepsDrift: boolean;
}

/** Path of the Application, relative to the environment's folder. */
export function applicationPath(application: DemoApplication): string {
  return `apps/${applicationName(application)}.yaml`;
}

/** Name of the Application. */
export function applicationName(
  application: Pick<DemoApplication, 'service' | 'environment' | 'cluster'>,
): string {
  const { service, environment, cluster } = application;
  return `${service}-${environment}-${cluster.name}`;
}

/** The Application of a service on one cluster. */
export function serviceApplication(
  application: DemoApplication,
  gitUrl: string,
): string {
  const { service, environment, cluster } = application;
  const automated = `    automated:
      prune: true
      selfHeal: ${!application.keepsDrift}
`;
  return `apiVersion: argoproj.io/v1alpha1
kind: Application
metadata:
  name: ${applicationName(application)}
  namespace: argocd
  labels:
    app.kubernetes.io/name: ${service}
  annotations:
    backstage.io/entity-ref: component:default/${service}
  finalizers:
    - resources-finalizer.argocd.argoproj.io
spec:
  project: services-${environment}
  source:
    repoURL: ${gitUrl}/${ORGANISATION.login}/${service}
    path: deploy/overlays/${environment}
    targetRevision: main
  destination:
    server: ${cluster.server}
    namespace: ${service}-${environment}
  syncPolicy:
${application.manualSync ? '' : automated}    syncOptions:
      - CreateNamespace=true
`;
}

/** The environment's kustomization, with what is registered in it. */
export function environmentKustomization(
  environment: string,
  applications: readonly DemoApplication[],
  /** Paths of what was written by hand. */
  others: readonly string[] = [],
): string {
  const paths = [...applications.map(applicationPath), ...others].sort();
  const byHand = applications
    .filter(({ manualSync }) => manualSync)
    .map(applicationPath)
    .sort()
    .at(0);
  const entries = paths.map(path => {
    const note = '  # Synced by hand until the stock count is over.\n';
    return `${path === byHand ? note : ''}  - ${path}\n`;
  });
  return `# What Argo CD runs in ${environment}. The services are sorted by name.
apiVersion: kustomize.config.k8s.io/v1beta1
kind: Kustomization

resources:
  - project.yaml

${entries.join('')}`;
}
