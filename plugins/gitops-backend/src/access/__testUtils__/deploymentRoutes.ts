export type DeploymentRoute = [
  method: 'get' | 'post',
  path: string,
  body: object | undefined,
  permission: string,
  ok: number,
];

/** Every route below a deployment, and the permission that it takes. */
export const DEPLOYMENT_ROUTES: DeploymentRoute[] = [
  ['get', '', undefined, 'gitops.deployment.detail.read', 200],
  ['get', '/resources', undefined, 'gitops.deployment.detail.read', 200],
  ['get', '/diff', undefined, 'gitops.deployment.detail.read', 200],
  ['get', '/events', undefined, 'gitops.deployment.detail.read', 200],
  ['get', '/history', undefined, 'gitops.deployment.detail.read', 200],
  ['get', '/sync-windows', undefined, 'gitops.deployment.detail.read', 200],
  ['get', '/revision', undefined, 'gitops.deployment.detail.read', 200],
  // The simulation here has no pods: whoever may, hears that there is none.
  [
    'get',
    '/logs?podNamespace=cart&pod=cart-1',
    undefined,
    'gitops.deployment.logs.read',
    404,
  ],
  ['post', '/refresh', { kind: 'hard' }, 'gitops.deployment.refresh', 202],
  ['post', '/sync', {}, 'gitops.deployment.sync', 202],
  ['post', '/sync', { prune: true }, 'gitops.deployment.prune', 202],
  ['post', '/terminate', {}, 'gitops.deployment.terminate', 202],
];
