type Asked = [method: 'get' | 'post' | 'delete', path: string, body?: object];

const CART = 'component:default/cart';
const DEPLOYMENT = '/v1/deployments/main/argocd/cart-dev-dev';

const in_ = encodeURIComponent;
const below = (path: string) =>
  `${path}${path.includes('?') ? '&' : '?'}entityRef=${in_(CART)}`;
const queries = (path: string, names: readonly string[]) =>
  names.map(
    (name): Place =>
      text =>
        ['get', `${path}${name}=${in_(text)}`],
  );

/** What is asked where a place has that text. */
type Place = (text: string) => Asked;

/** Names of a deployment, each at another route. */
const NAMES: Place[] = [
  text => ['get', below(`/v1/deployments/${in_(text)}/argocd/cart-dev-dev`)],
  text => ['get', below(`/v1/deployments/main/${in_(text)}/cart-dev-dev/diff`)],
  text => ['get', below(`/v1/deployments/main/argocd/${in_(text)}/resources`)],
  text => [
    'get',
    below(`/v1/deployments/main/argocd/${encodeURI(text)}/events`),
  ],
  text => [
    'get',
    below(`/v1/deployments/main/${in_(text)}/cart-dev-dev/sync-windows`),
  ],
  text => ['get', below(`/v1/deployments/main/argocd/${in_(text)}/revision`)],
  text => ['get', `${DEPLOYMENT}/history?entityRef=${in_(text)}`],
  text => [
    'post',
    below(`/v1/deployments/main/argocd/${in_(text)}/terminate`),
    {},
  ],
];

const LOGS: Place[] = [
  text => [
    'get',
    below(`${DEPLOYMENT}/logs?podNamespace=cart&pod=${in_(text)}`),
  ],
  text => [
    'get',
    below(`${DEPLOYMENT}/logs?podNamespace=${in_(text)}&pod=cart`),
  ],
  text => [
    'get',
    below(`${DEPLOYMENT}/logs?podNamespace=a&pod=b&container=${in_(text)}`),
  ],
];

const ACTIONS: Place[] = [
  text => [
    'post',
    below(`${DEPLOYMENT}/sync`),
    { resources: [{ group: text, kind: text, namespace: text, name: text }] },
  ],
  text => ['post', below(`${DEPLOYMENT}/refresh`), { kind: text }],
];

const LISTS: Place[] = [
  ...queries('/v1/deployments?', ['entityRef']),
  ...queries('/v1/deployments/by-state?', ['state', 'limit']),
  ...queries('/v1/deployments/by-state?state=healthy&', ['owner']),
  text => ['post', '/v1/deployments/by-entities', { entityRefs: [CART, text] }],
  text => ['get', below(`${DEPLOYMENT}/history?cursor=${in_(text)}`)],
  ...queries('/v1/applications?', ['instance', 'selector']),
  ...queries('/v1/applications?instance=main&', [
    ...['namespace', 'project', 'name'],
  ]),
  text => [
    'get',
    `/v1/applications?instance=main&repo=${in_(text)}&path=${in_(text)}`,
  ],
  ...queries('/v1/applications/revision?instance=main&name=cart-dev-dev&', [
    'revision',
  ]),
  ...queries('/v1/applications/unmatched?', [
    ...['instance', 'reason', 'cursor', 'limit'],
  ]),
  ...queries('/v1/setup?', ['fresh']),
  text => ['get', `/v1/services/${in_(text)}`],
  text => ['get', `/v1/${encodeURI(text)}`],
];

/** A service that the catalog does not know, with one thing said of it. */
const claim = (said: object) => ({
  entityRef: 'component:default/unknown',
  owner: 'group:default/storefront',
  repository: 'http://localhost:7080/acme/unknown',
  dryRun: true,
  ...said,
});
const deregistered = (said: Record<string, string>) =>
  `/v1/registrations?${new URLSearchParams({
    entityRef: CART,
    environment: 'dev',
    workloads: 'keep',
    dryRun: 'true',
    ...said,
  })}`;

const REGISTRATIONS: Place[] = [
  ...queries('/v1/registrations?', ['entityRef']),
  ...['entityRef', 'owner', 'repository', 'environment', 'layout'].map(
    (name): Place =>
      text =>
        ['post', '/v1/registrations', claim({ [name]: text })],
  ),
  ...['entityRef', 'environment', 'workloads', 'dryRun'].map(
    (name): Place =>
      text =>
        ['delete', deregistered({ [name]: text })],
  ),
];

/** Every place of the API that takes a text. */
export const PLACES: readonly Place[] = [
  ...NAMES,
  ...LOGS,
  ...ACTIONS,
  ...LISTS,
  ...REGISTRATIONS,
];
