import { type Application } from '../applications/Application';
import { mapApplication } from '../applications/mapApplication';
import { argoApplication } from '../argocd/schema';

export const SHA_1 = '1'.repeat(40);
export const SHA_2 = '2'.repeat(40);

/** An Application as Argo CD's stream sends it, with some of it replaced. */
export function argoJson(
  changes: {
    metadata?: object;
    spec?: object;
    status?: object;
  } = {},
) {
  return {
    metadata: {
      name: 'cart-dev-dev',
      namespace: 'argocd',
      labels: { 'app.kubernetes.io/name': 'cart' },
      annotations: { 'backstage.io/entity-ref': 'component:default/cart' },
      ...changes.metadata,
    },
    spec: {
      project: 'services-dev',
      source: {
        repoURL: 'http://localhost:7080/acme/cart',
        path: 'deploy/overlays/dev',
        targetRevision: 'main',
      },
      destination: {
        server: 'https://dev.k8s.acme.test',
        namespace: 'cart-dev',
      },
      syncPolicy: { automated: { prune: true, selfHeal: true } },
      ...changes.spec,
    },
    status: {
      sync: { status: 'Synced', revision: SHA_1 },
      health: { status: 'Healthy', lastTransitionTime: '2026-01-02T03:04:05Z' },
      history: [
        {
          id: 0,
          revision: SHA_1,
          source: { repoURL: 'http://localhost:7080/acme/cart' },
          deployedAt: '2026-01-02T03:04:00Z',
        },
      ],
      ...changes.status,
    },
  };
}

/** The same, translated. */
export function application(
  changes: Parameters<typeof argoJson>[0] = {},
  instance: string = 'main',
): Application {
  return mapApplication(instance, argoApplication.parse(argoJson(changes)));
}
