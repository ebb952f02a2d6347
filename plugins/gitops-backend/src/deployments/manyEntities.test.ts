import { mockCredentials } from '@backstage/backend-test-utils';
import { type Entity } from '@backstage/catalog-model';
import {
  AuthorizeResult,
  type PolicyDecision,
} from '@backstage/plugin-permission-common';
import {
  type EntityDeploymentsList,
  type EntityStateList,
  formatDeploymentResource,
  gitopsDeploymentReadPermission,
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
import { until } from '../__testUtils__/until';

jest.setTimeout(60_000);

const CART = 'component:default/cart';
const WEB = 'component:default/web';
const IDLE = 'component:default/idle';
const ALLOW: PolicyDecision = { result: AuthorizeResult.ALLOW };
const DENY: PolicyDecision = { result: AuthorizeResult.DENY };

function application(name: string, cluster: string, status: object) {
  const [environment] = cluster.split('-');
  const project = environment === 'prod' ? 'production' : environment;
  return argoJson({
    metadata: {
      name: `${name}-${cluster}`,
      annotations: { 'backstage.io/entity-ref': `component:default/${name}` },
    },
    spec: {
      project: `services-${project}`,
      destination: { server: `https://${cluster}.k8s.acme.test` },
    },
    status,
  });
}

function owned(name: string, owner: string): Entity {
  return {
    ...component(name),
    relations: [{ type: 'ownedBy', targetRef: `group:default/${owner}` }],
  };
}

const only = (
  condition: Parameters<typeof createDeploymentConditionalDecision>[1],
): PolicyDecision =>
  createDeploymentConditionalDecision(
    gitopsDeploymentReadPermission,
    condition,
  );

describe('deployments of many entities', () => {
  let argocd: ScriptedArgocd;
  let gitops: Gitops;
  let read: PolicyDecision;

  beforeAll(async () => {
    argocd = await ScriptedArgocd.start();
    argocd.put(application('cart', 'dev', { health: { status: 'Degraded' } }));
    argocd.put(
      application('cart', 'prod-eu1', { sync: { status: 'OutOfSync' } }),
    );
    argocd.put(application('web', 'dev', {}));
    argocd.put(application('web', 'prod-us1', {}));
    gitops = await startGitops({
      config: { gitops: gitopsBlock, argocd: argocdBlock(argocd.url, 'token') },
      entities: [
        owned('web', 'shop'),
        owned('cart', 'storefront'),
        owned('idle', 'storefront'),
      ],
      decide: permission =>
        permission === gitopsDeploymentReadPermission.name ? read : ALLOW,
    });
    read = ALLOW;
    await gitops.untilDeployments(({ items }) => items.length === 2);
  });

  beforeEach(() => {
    read = ALLOW;
  });

  afterAll(async () => {
    await gitops?.stop();
    await argocd?.stop();
  });

  const post = (body: object, header = mockCredentials.user.header()) =>
    gitops
      .send('post', '/v1/deployments/by-entities')
      .set('Authorization', header)
      .send(body);

  async function rows(entityRefs: string[]) {
    const { body } = await post({ entityRefs }).expect(200);
    return Object.fromEntries(
      (body as EntityDeploymentsList).items.map(item => [
        item.entityRef,
        item.deployments.map(({ cluster }) => cluster),
      ]),
    );
  }

  async function inState(query: string): Promise<EntityStateList> {
    const { body } = await gitops
      .get(`/v1/deployments/by-state?${query}`)
      .expect(200);
    return body;
  }

  const refs = ({ items }: EntityStateList) =>
    items.map(({ entityRef }) => entityRef);

  describe('by entity', () => {
    it('are told at once, each with its signals channel', async () => {
      expect(await rows([CART, WEB, IDLE, 'component:default/gone'])).toEqual({
        [CART]: ['dev', 'prod-eu1'],
        [WEB]: ['dev', 'prod-us1'],
        [IDLE]: [],
      });
      const { body } = await post({ entityRefs: [CART] });
      const one = await gitops.deployments(CART);
      expect(body.items[0]).toEqual({
        entityRef: CART,
        deployments: one.items,
        channel: one.channel,
      });
      expect(body.sources).toEqual([
        expect.objectContaining({ name: 'argocd:main', state: 'ok' }),
      ]);
    });

    it('are those only that the caller may see', async () => {
      read = only(
        deploymentConditions.isEnvironment({ environments: ['production'] }),
      );
      expect(await rows([CART, WEB])).toEqual({
        [CART]: ['prod-eu1'],
        [WEB]: ['prod-us1'],
      });

      read = DENY;
      await post({ entityRefs: [CART] }).expect(403);
    });

    it.each([
      ['nobody', mockCredentials.none.header(), 401],
      ['a plugin', mockCredentials.service.header(), 200],
    ])('answer %s with %s', async (_, header, status) => {
      expect((await post({ entityRefs: [] }, header)).status).toBe(status);
    });

    it.each([
      ['what are no references', { entityRefs: [':'] }],
      ['too many', { entityRefs: Array(501).fill(CART) }],
      ['no list', { entityRefs: CART }],
      ['something else', { entityRefs: [], all: true }],
    ])('refuse %s', async (_, body) => {
      expect((await post(body)).status).toBe(400);
    });
  });

  describe('by state', () => {
    it.each([
      ['state=degraded', [CART]],
      ['state=out-of-sync', [CART]],
      ['state=degraded&state=healthy', [CART, WEB]],
      ['state=healthy', [WEB]],
      ['state=missing', []],
      ['state=healthy&state=degraded&owner=group:default/shop', [WEB]],
      ['state=healthy&owner=Group:Default/Storefront', []],
    ])('%s', async (query, expected) => {
      expect(refs(await inState(query))).toEqual(expected);
    });

    it('tell the states, the worst first', async () => {
      expect((await inState('state=degraded')).items).toEqual([
        { entityRef: CART, states: ['degraded', 'out-of-sync'] },
      ]);
    });

    it('tell that there are more than asked for', async () => {
      const all = 'state=degraded&state=healthy';

      expect(await inState(`${all}&limit=1`)).toMatchObject({
        items: [{ entityRef: CART }],
        hasMore: true,
      });
      expect(await inState(`${all}&limit=2`)).toMatchObject({
        hasMore: false,
      });
    });

    it('count only where the caller may see them', async () => {
      read = only(
        deploymentConditions.isEnvironment({ environments: ['production'] }),
      );
      expect(refs(await inState('state=degraded'))).toEqual([]);
      expect(refs(await inState('state=out-of-sync'))).toEqual([CART]);

      read = only(
        deploymentConditions.isEntityOwner({ claims: ['group:default/shop'] }),
      );
      expect(refs(await inState('state=out-of-sync&state=healthy'))).toEqual([
        WEB,
      ]);

      read = DENY;
      await gitops.get('/v1/deployments/by-state?state=healthy').expect(403);
    });

    it('follow what changes', async () => {
      argocd.put(
        application('web', 'dev', { health: { status: 'Suspended' } }),
      );

      const suspended = await until(
        () => inState('state=suspended'),
        ({ items }) => items.length > 0,
      );
      expect(refs(suspended)).toEqual([WEB]);

      argocd.put(application('web', 'dev', {}));
      const healthy = await until(
        () => inState('state=healthy'),
        ({ items }) => items.length > 0,
      );
      expect(refs(healthy)).toEqual([WEB]);
    });

    it.each([
      '',
      'state=',
      'state=synced',
      'state=healthy&limit=0',
      'state=healthy&limit=501',
      'state=healthy&owner=:',
      'state=healthy&x=1',
    ])('refuse %j', async query => {
      const answer = await gitops.get(`/v1/deployments/by-state?${query}`);

      expect(answer.status).toBe(400);
    });
  });

  describe('for the permission framework', () => {
    async function decide(
      resourceRef: string,
      conditions: ReturnType<typeof only>,
    ): Promise<string> {
      const { body } = await gitops
        .send('post', '/.well-known/backstage/permissions/apply-conditions')
        .set('Authorization', mockCredentials.service.header())
        .send({ items: [{ id: '1', resourceRef, ...conditions }] })
        .expect(200);
      return body.items[0].result;
    }

    const resource = (name: string, entityRef = CART) =>
      formatDeploymentResource({
        entityRef,
        instance: 'main',
        namespace: 'argocd',
        name,
      });
    const production = deploymentConditions.isEnvironment({
      environments: ['production'],
    });
    const storefront = deploymentConditions.isEntityOwner({
      claims: ['group:default/storefront'],
    });
    const eu = deploymentConditions.isCluster({ clusters: ['prod-eu1'] });

    it.each([
      ['cart-prod-eu1', production, 'ALLOW'],
      ['cart-dev', production, 'DENY'],
      ['cart-dev', storefront, 'ALLOW'],
      ['cart-prod-eu1', eu, 'ALLOW'],
      ['cart-dev', eu, 'DENY'],
    ])('%s where %j: %s', async (name, condition, result) => {
      expect(await decide(resource(name), only(condition))).toBe(result);
    });

    it.each([
      ['is not there', resource('cart-gone')],
      ["is another entity's", resource('web-dev')],
      ['has no entity', resource('cart-dev', 'component:default/gone')],
      ['is no name', 'cart-dev'],
    ])('nobody may see what %s', async (_, resourceRef) => {
      expect(await decide(resourceRef, only(storefront))).toBe('DENY');
    });
  });
});
