import { mockCredentials } from '@backstage/backend-test-utils';
import { type Entity } from '@backstage/catalog-model';
import {
  AuthorizeResult,
  type PolicyDecision,
} from '@backstage/plugin-permission-common';
import {
  type DeploymentVerb,
  gitopsPermissions,
} from '@callboard/backstage-plugin-gitops-common';
import { createDeploymentConditionalDecision, deploymentConditions } from '..';
import { ScriptedArgocd } from '../__testUtils__/ScriptedArgocd';
import { argoJson } from '../__testUtils__/argoApplication';
import { argocdBlock, gitopsBlock } from '../__testUtils__/environments';
import {
  component,
  type Gitops,
  startGitops,
} from '../__testUtils__/startGitops';
import {
  DEPLOYMENT_ROUTES,
  type DeploymentRoute,
} from './__testUtils__/deploymentRoutes';

jest.setTimeout(60_000);

const DEV = 'main/argocd/cart-dev-dev';
const PRODUCTION = 'main/argocd/cart-production-prod-eu1';
const CART = 'component:default/cart';
const ALLOW: PolicyDecision = { result: AuthorizeResult.ALLOW };
const DENY: PolicyDecision = { result: AuthorizeResult.DENY };
const ALL: DeploymentVerb[] = [
  'detail',
  'values',
  'logs',
  'refresh',
  'sync',
  'prune',
  'terminate',
];

function owned(name: string, annotations: Record<string, string> = {}): Entity {
  return {
    ...component(name, annotations),
    relations: [{ type: 'ownedBy', targetRef: 'group:default/storefront' }],
  };
}

describe('who may do what with a deployment', () => {
  let argocd: ScriptedArgocd;
  let gitops: Gitops;
  let decide: (permission: string) => PolicyDecision;

  beforeAll(async () => {
    argocd = await ScriptedArgocd.start();
    argocd.put(argoJson());
    argocd.put(
      argoJson({
        metadata: { name: 'cart-production-prod-eu1' },
        spec: {
          project: 'services-production',
          destination: { server: 'https://prod-eu1.k8s.acme.test' },
        },
      }),
    );
    argocd.put(argoJson({ metadata: { name: 'bare', annotations: null } }));
    gitops = await startGitops({
      config: { gitops: gitopsBlock, argocd: argocdBlock(argocd.url, 'token') },
      entities: [
        owned('cart'),
        owned('claims', { 'argocd/app-name': 'cart-dev-dev' }),
        owned('says', { 'argocd/app-name': 'bare' }),
      ],
      decide: permission => decide(permission),
    });
    decide = () => ALLOW;
    await gitops.untilDeployments(({ items }) => items.length === 2);
  });

  beforeEach(() => {
    decide = () => ALLOW;
  });

  afterAll(async () => {
    await gitops?.stop();
    await argocd?.stop();
  });

  function ask(
    [method, path, body]:
      | DeploymentRoute
      | [method: 'get' | 'post', path: string, body?: object],
    deployment = DEV,
    options: { entityRef?: string; header?: string } = {},
  ) {
    const { entityRef = CART, header } = options;
    const query = `${
      path.includes('?') ? '&' : '?'
    }entityRef=${encodeURIComponent(entityRef)}`;
    const url = `/v1/deployments/${deployment}${path}${query}`;
    if (method === 'get') {
      return gitops.get(url, header);
    }
    const request = gitops.send('post', url);
    return (header ? request.set('Authorization', header) : request).send(body);
  }

  async function rows(entityRef = CART) {
    const { items } = await gitops.deployments(entityRef);
    return Object.fromEntries(
      items.map(({ cluster, access }) => [cluster, access]),
    );
  }

  it.each(DEPLOYMENT_ROUTES)('%s %s %j takes %s', async (...route) => {
    const [, , , permission, ok] = route;
    expect((await ask(route)).status).toBe(ok);

    decide = name => (name === permission ? DENY : ALLOW);
    const refused = await ask(route);

    expect(refused.status).toBe(403);
    expect(refused.body.error.message).toContain(permission);
  });

  it.each(DEPLOYMENT_ROUTES)(
    '%s %s %j heeds conditions on %s',
    async (...route) => {
      const [, , , permission, ok] = route;
      decide = name =>
        name === permission
          ? createDeploymentConditionalDecision(
              gitopsPermissions.find(each => each.name === name) as never,
              {
                allOf: [
                  deploymentConditions.isEntityOwner({
                    claims: ['group:default/Storefront'],
                  }),
                  deploymentConditions.isEnvironment({ environments: ['dev'] }),
                ],
              },
            )
          : ALLOW;

      expect((await ask(route, DEV)).status).toBe(ok);
      expect((await ask(route, PRODUCTION)).status).toBe(403);
    },
  );

  it('tells the verbs that the caller has', async () => {
    expect(await rows()).toEqual({
      dev: { may: ALL },
      'prod-eu1': { may: ALL },
    });

    decide = name =>
      name === 'gitops.deployment.sync'
        ? createDeploymentConditionalDecision(
            gitopsPermissions.find(each => each.name === name) as never,
            deploymentConditions.isCluster({ clusters: ['dev'] }),
          )
        : ALLOW;
    expect(await rows()).toEqual({
      dev: { may: ALL },
      'prod-eu1': { may: ALL.filter(verb => verb !== 'sync') },
    });
  });

  it('shows the rows only that the caller may read', async () => {
    decide = name =>
      name === 'gitops.deployment.read'
        ? createDeploymentConditionalDecision(
            gitopsPermissions.find(each => each.name === name) as never,
            deploymentConditions.isEnvironment({ environments: ['dev'] }),
          )
        : ALLOW;

    expect(Object.keys(await rows())).toEqual(['dev']);
    expect((await ask(['get', ''], PRODUCTION)).status).toBe(404);
  });

  it.each([
    ['claims', 'said to belong to another entity'],
    [
      'says',
      'annotate the Application with backstage.io/entity-ref: component:default/says',
    ],
  ])('shows the status only of what %s by annotation', async (name, why) => {
    const entityRef = `component:default/${name}`;
    const application = name === 'claims' ? 'cart-dev-dev' : 'bare';

    expect(await rows(entityRef)).toEqual({
      dev: { may: [], unproven: expect.stringContaining(why) },
    });
    for (const route of DEPLOYMENT_ROUTES) {
      const refused = await ask(route, `main/argocd/${application}`, {
        entityRef,
      });
      expect(refused.status).toBe(403);
      expect(refused.body.error.message).toContain(why);
    }
  });

  it.each([
    ['another instance', 'other/argocd/cart-dev-dev'],
    ['another namespace', 'main/other/cart-dev-dev'],
    ['an application of somebody else', 'main/argocd/bare'],
    ['what is no name', 'main/argocd/..%2f..%2fsession'],
    ['what is encoded twice', 'main/argocd/%252e%252e'],
    ['a query', 'main/argocd/cart-dev-dev%3Fproject=x'],
    ['NUL', 'main/argocd/%00'],
  ])('knows nothing of %s, and asks nobody', async (_, deployment) => {
    const before = argocd.requests.length;

    for (const route of DEPLOYMENT_ROUTES) {
      expect((await ask(route, deployment)).status).toBe(404);
    }
    expect(argocd.requests.slice(before)).toEqual([]);
  });

  it('lets only people act', async () => {
    const header = mockCredentials.service.header();
    const acts = DEPLOYMENT_ROUTES.filter(([method]) => method === 'post');

    for (const route of acts) {
      expect((await ask(route, DEV, { header })).status).toBe(403);
    }
  });

  it.each<[string, ['get' | 'post', string, object?]]>([
    ['an unknown parameter', ['get', '/diff?revision=main']],
    ['a pod without namespace', ['get', '/logs?pod=x']],
    ['an unknown option', ['post', '/sync', { force: true }]],
    ['no resource', ['post', '/sync', { resources: [] }]],
    ['an unknown kind of refresh', ['post', '/refresh', { kind: 'soft' }]],
  ])('refuses %s', async (_, route) => {
    expect((await ask(route)).status).toBe(400);
  });
});
