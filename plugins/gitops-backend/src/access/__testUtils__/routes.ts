import { DEPLOYMENT_ROUTES } from './deploymentRoutes';

const CART = 'component:default/cart';
const READ = 'gitops.deployment.read';
const SETUP = 'gitops.setup.read';
const CREATE = 'gitops.registration.create';
const DELETE = 'gitops.registration.delete';

/** A route that is not below a deployment, and whom it answers. */
export interface RouteAccess {
  /** As the plugin has it. */
  readonly route: string;
  /** An address of it, about `cart` in `dev`. */
  readonly path: string;
  readonly body?: object;
  readonly permission: string;
  /**
   * What becomes of those for whom conditions do not hold: it is hidden, or
   * refused. Absent where there is nothing yet to apply conditions to, so that
   * they are not refused; `never` where policies cannot put any.
   */
  readonly unless?: 'hidden' | 'refused' | 'never';
  /** What an answer has that is about `dev`. */
  readonly shows: RegExp;
}

/** Every route that is not below a deployment. */
export const ROUTES: readonly RouteAccess[] = [
  {
    route: 'GET /v1/environments',
    path: '/v1/environments',
    permission: READ,
    shows: /"name":"dev"/,
  },
  {
    route: 'GET /v1/deployments',
    path: `/v1/deployments?entityRef=${CART}`,
    permission: READ,
    unless: 'hidden',
    shows: /"name":"cart-dev-dev"/,
  },
  {
    route: 'POST /v1/deployments/by-entities',
    path: '/v1/deployments/by-entities',
    body: { entityRefs: [CART] },
    permission: READ,
    unless: 'hidden',
    shows: /"name":"cart-dev-dev"/,
  },
  {
    route: 'GET /v1/deployments/by-state',
    path: '/v1/deployments/by-state?state=healthy',
    permission: READ,
    unless: 'hidden',
    shows: /component:default\/cart/,
  },
  {
    route: 'GET /v1/applications',
    path: '/v1/applications?name=cart-dev-dev',
    permission: READ,
    unless: 'hidden',
    shows: /"name":"cart-dev-dev"/,
  },
  {
    route: 'GET /v1/applications/revision',
    path: '/v1/applications/revision?instance=main&name=cart-dev-dev&revision=$REVISION',
    permission: READ,
    unless: 'hidden',
    shows: /"author"/,
  },
  {
    route: 'GET /v1/applications/revision',
    path: '/v1/applications/revision?instance=main&name=cart-dev-dev&revision=$REVISION',
    permission: 'gitops.deployment.detail.read',
    unless: 'refused',
    shows: /"author"/,
  },
  {
    route: 'GET /v1/applications/unmatched',
    path: '/v1/applications/unmatched',
    permission: SETUP,
    unless: 'never',
    shows: /"counts"/,
  },
  {
    route: 'GET /v1/setup',
    path: '/v1/setup',
    permission: SETUP,
    unless: 'never',
    shows: /"items"/,
  },
  {
    route: 'GET /v1/services/:name',
    path: '/v1/services/cart',
    permission: CREATE,
    shows: /"exists":true/,
  },
  {
    route: 'GET /v1/registrations',
    path: `/v1/registrations?entityRef=${CART}`,
    permission: READ,
    unless: 'hidden',
    shows: /"environment":"dev"/,
  },
  {
    route: 'POST /v1/registrations',
    path: '/v1/registrations',
    body: { entityRef: CART, environment: 'dev', dryRun: true },
    permission: CREATE,
    unless: 'refused',
    shows: /"outcome":"unchanged"/,
  },
  {
    route: 'DELETE /v1/registrations',
    path: `/v1/registrations?entityRef=${CART}&environment=dev&workloads=keep&dryRun=true`,
    permission: DELETE,
    unless: 'refused',
    shows: /"outcome":"planned"/,
  },
];

/** Every route that the tests of this folder know, sorted. */
export const KNOWN_ROUTES: readonly string[] = [
  ...new Set([
    ...ROUTES.map(({ route }) => route),
    ...DEPLOYMENT_ROUTES.map(
      ([method, path]) =>
        `${method.toUpperCase()} /v1/deployments/:instance/:namespace/:application${path.replace(
          /\?.*/,
          '',
        )}`,
    ),
  ]),
].sort();
