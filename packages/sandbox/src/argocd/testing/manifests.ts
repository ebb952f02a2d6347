/** Texts of a small platform repository and of a service's, as the demo organisation has them. */

export const PROD = { name: 'prod', server: 'https://prod.k8s.acme.test' };

export function kustomization(resources: readonly string[], more = ''): string {
  const list = resources.map(resource => `  - ${resource}\n`).join('');
  return `apiVersion: kustomize.config.k8s.io/v1beta1
kind: Kustomization
resources:
${list}${more}`;
}

export function serviceFiles(
  name: string,
  options: { tag?: string; replicas?: number } = {},
): Record<string, string> {
  const { tag = '1.0.0', replicas = 2 } = options;
  return {
    'deploy/base/kustomization.yaml': kustomization([
      'deployment.yaml',
      'service.yaml',
    ]),
    'deploy/base/deployment.yaml': `apiVersion: apps/v1
kind: Deployment
metadata:
  name: ${name}
spec:
  replicas: ${replicas}
  selector:
    matchLabels: { app: ${name} }
  template:
    metadata:
      labels: { app: ${name} }
    spec:
      containers:
        - name: ${name}
          image: ${name}
          ports:
            - containerPort: 8080
`,
    'deploy/base/service.yaml': `apiVersion: v1
kind: Service
metadata:
  name: ${name}
spec:
  selector: { app: ${name} }
  ports:
    - port: 80
      targetPort: 8080
`,
    'deploy/overlays/prod/kustomization.yaml': overlay(name, tag),
  };
}

export function overlay(name: string, tag: string): string {
  return kustomization(
    ['../../base'],
    `namespace: ${name}-prod
images:
  - name: ${name}
    newName: ghcr.io/acme/${name}
    newTag: "${tag}"
`,
  );
}

export function application(
  name: string,
  source: { repoURL: string; path?: string },
  options: {
    project?: string;
    finalizer?: boolean;
    automated?: boolean;
    server?: string;
    namespace?: string;
  } = {},
): string {
  const { automated = true, finalizer = true } = options;
  return `apiVersion: argoproj.io/v1alpha1
kind: Application
metadata:
  name: ${name}
  namespace: argocd
  labels: { app.kubernetes.io/name: ${name} }
${
  finalizer ? '  finalizers: [resources-finalizer.argocd.argoproj.io]\n' : ''
}spec:
  project: ${options.project ?? 'services'}
  source:
    repoURL: ${source.repoURL}
    path: ${source.path ?? 'deploy/overlays/prod'}
    targetRevision: main
  destination:
    server: ${options.server ?? PROD.server}
    namespace: ${options.namespace ?? `${name}-prod`}
  syncPolicy:
${
  automated ? '    automated: { prune: true, selfHeal: true }\n' : ''
}    syncOptions: [CreateNamespace=true]
`;
}

export function project(name: string, sourceRepos: string, server: string) {
  return `apiVersion: argoproj.io/v1alpha1
kind: AppProject
metadata:
  name: ${name}
  namespace: argocd
spec:
  sourceRepos: ['${sourceRepos}']
  destinations:
    - { server: '${server}', namespace: '*' }
  clusterResourceWhitelist:
    - { group: '', kind: Namespace }
`;
}

/** A hook that has to succeed before a sync. */
export const MIGRATE = `apiVersion: batch/v1
kind: Job
metadata:
  name: migrate
  annotations: { argocd.argoproj.io/hook: PreSync }
spec:
  backoffLimit: 0
  template:
    spec:
      restartPolicy: Never
      containers: [{ name: migrate, image: hello }]
`;
