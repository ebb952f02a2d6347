import { type DemoEnvironment, ENVIRONMENTS } from './environments';

/** Name of the registry's folder with the organisation's images. */
export const IMAGES = 'ghcr.io/acme';

/** What an overlay deploys. */
export interface OverlayImage {
  readonly tag: string;
  /** Absent until the first build, and after an edit by hand. */
  readonly digest?: string;
}

/** The tag of an overlay whose service was never built. */
export const UNBUILT: OverlayImage = { tag: 'unbuilt' };

/** Everything under `deploy/`, with nothing built yet. */
export function deployFolder(
  service: string,
  hasEnv = false,
): Record<string, string> {
  const files: Record<string, string> = {
    'deploy/base/kustomization.yaml': baseKustomization(service),
    'deploy/base/deployment.yaml': deployment(service),
    'deploy/base/service.yaml': serviceManifest(service),
  };
  for (const environment of ENVIRONMENTS) {
    files[overlayPath(environment.name)] = overlay(service, environment.name, {
      ...UNBUILT,
      hasEnv,
    });
    files[`deploy/overlays/${environment.name}/replicas.yaml`] =
      replicas(environment);
  }
  return files;
}

/** The overlay's kustomization, relative to the service's repository. */
export function overlayPath(environment: string): string {
  return `deploy/overlays/${environment}/kustomization.yaml`;
}

/**
 * The overlay's kustomization, deploying the image. A file `env.yaml` besides
 * it holds what is set in this environment only.
 */
export function overlay(
  service: string,
  environment: string,
  { hasEnv = false, ...image }: OverlayImage & { hasEnv?: boolean },
): string {
  return `apiVersion: kustomize.config.k8s.io/v1beta1
kind: Kustomization

namespace: ${service}-${environment}

resources:
  - ../../base

labels:
  - pairs:
      app.kubernetes.io/part-of: ${service}
      app.kubernetes.io/version: "${image.tag}"

patches:
  - path: replicas.yaml
    target:
      kind: Deployment
      name: ${service}
${hasEnv ? envPatch(service) : ''}
images:
  - name: ${service}
    newName: ${IMAGES}/${service}
    newTag: "${image.tag}"
${image.digest ? `    digest: ${image.digest}\n` : ''}`;
}

function envPatch(service: string): string {
  return `  - path: env.yaml
    target:
      kind: Deployment
      name: ${service}
`;
}

function replicas(environment: DemoEnvironment): string {
  return `- op: replace
  path: /spec/replicas
  value: ${environment.replicas}
`;
}

export function baseKustomization(service: string, more = ''): string {
  return `apiVersion: kustomize.config.k8s.io/v1beta1
kind: Kustomization

resources:
  - deployment.yaml
  - service.yaml

labels:
  - includeSelectors: true
    pairs:
      app.kubernetes.io/name: ${service}
${more}`;
}

/** @param env - lines that give the container its environment */
export function deployment(service: string, env = ''): string {
  return `apiVersion: apps/v1
kind: Deployment
metadata:
  name: ${service}
spec:
  replicas: 1
  template:
    spec:
      automountServiceAccountToken: false
      securityContext:
        runAsNonRoot: true
        seccompProfile:
          type: RuntimeDefault
      containers:
        - name: ${service}
          image: ${service}
          ports:
            - name: http
              containerPort: 8080
${env}          readinessProbe:
            httpGet:
              path: /readyz
              port: http
          livenessProbe:
            httpGet:
              path: /healthz
              port: http
          resources:
            requests:
              cpu: 50m
              memory: 64Mi
            limits:
              memory: 128Mi
          securityContext:
            allowPrivilegeEscalation: false
            readOnlyRootFilesystem: true
            capabilities:
              drop: [ALL]
`;
}

function serviceManifest(service: string): string {
  return `apiVersion: v1
kind: Service
metadata:
  name: ${service}
spec:
  ports:
    - name: http
      port: 80
      targetPort: http
`;
}
