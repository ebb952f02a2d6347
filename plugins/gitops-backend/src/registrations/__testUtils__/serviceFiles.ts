import { type Entity } from '@backstage/catalog-model';

/** What a service repository holds, as far as registrations look at it. */
export function serviceFiles(name: string): Record<string, string> {
  return {
    'catalog-info.yaml': `apiVersion: backstage.io/v1alpha1
kind: Component
metadata:
  name: ${name}
spec:
  type: service
  lifecycle: experimental
  owner: group:default/storefront
`,
    'deploy/overlays/dev/kustomization.yaml': overlay(name, 'dev'),
    'deploy/overlays/staging/kustomization.yaml': overlay(name, 'staging'),
    'deploy/overlays/production/kustomization.yaml': overlay(
      name,
      'production',
    ),
  };
}

/** An overlay's kustomization; without an image: with the placeholder. */
export function overlay(
  name: string,
  environment: string,
  image?: { tag: string; digest: string },
): string {
  const { tag, digest } = image ?? { tag: 'unbuilt', digest: '' };
  return `apiVersion: kustomize.config.k8s.io/v1beta1
kind: Kustomization

namespace: ${name}-${environment}

resources:
  - ../../base

labels:
  - pairs:
      app.kubernetes.io/part-of: ${name}
      app.kubernetes.io/version: "${tag}"

images:
  - name: ${name}
    newName: ghcr.io/acme/${name}
    newTag: "${tag}"
${digest && `    digest: ${digest}\n`}`;
}

/** The catalog's word on a service. */
export function component(
  name: string,
  options: { url: string; owner?: string; repository?: string },
): Entity {
  const { url, owner = 'group:default/storefront' } = options;
  const repository = options.repository ?? name;
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Component',
    metadata: {
      name,
      namespace: 'default',
      annotations: {
        'backstage.io/source-location': `url:${url}/acme/${repository}/tree/main/`,
      },
    },
    spec: { type: 'service', owner },
    relations: [{ type: 'ownedBy', targetRef: owner }],
  };
}
