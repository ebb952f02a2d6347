import { type BackstageCredentials } from '@backstage/backend-plugin-api';
import { mockCredentials, mockServices } from '@backstage/backend-test-utils';
import { type Entity } from '@backstage/catalog-model';
import {
  catalogConditions,
  createCatalogConditionalDecision,
} from '@backstage/plugin-catalog-backend/alpha';
import { catalogEntityReadPermission } from '@backstage/plugin-catalog-common/alpha';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import {
  AuthorizeResult,
  type PermissionCondition,
  type PermissionCriteria,
  type PolicyDecision,
} from '@backstage/plugin-permission-common';
import { ScriptedArgocd } from '../__testUtils__/ScriptedArgocd';
import { argoJson } from '../__testUtils__/argoApplication';
import { argocdBlock, gitopsBlock } from '../__testUtils__/environments';
import {
  component,
  type Gitops,
  startGitops,
} from '../__testUtils__/startGitops';

const CART = 'entityRef=component:default/cart';
const ALLOW: PolicyDecision = { result: AuthorizeResult.ALLOW };
const DENY: PolicyDecision = { result: AuthorizeResult.DENY };
const { isEntityOwner, hasAnnotation, isEntityKind } = catalogConditions;
const STOREFRONT = isEntityOwner({ claims: ['group:default/storefront'] });
const OTHERS = isEntityOwner({ claims: ['group:default/others'] });
/** Of a rule that the portal has added to its catalog. */
const OWN_RULE: PermissionCondition = {
  rule: 'IS_IN_MY_REGION',
  resourceType: 'catalog-entity',
  params: {},
};

const cart: Entity = {
  ...component('cart', { 'acme.test/tier': 'one' }),
  relations: [{ type: 'ownedBy', targetRef: 'group:default/storefront' }],
};

function onlyIf(
  conditions: PermissionCriteria<PermissionCondition>,
): PolicyDecision {
  return createCatalogConditionalDecision(
    catalogEntityReadPermission,
    conditions as ReturnType<typeof isEntityOwner>,
  );
}

function isPerson(credentials: BackstageCredentials): boolean {
  return mockServices.auth().isPrincipal(credentials, 'user');
}

describe('whose entity somebody may see', () => {
  let argocd: ScriptedArgocd;
  let gitops: Gitops;
  let says: PolicyDecision;
  /** Whom the catalog shows the entity, beside the portal itself. */
  let isShown: boolean;
  let askedFor: BackstageCredentials[];

  beforeAll(async () => {
    argocd = await ScriptedArgocd.start();
    argocd.put(argoJson());
    const catalog = catalogServiceMock({ entities: [cart] });
    gitops = await startGitops({
      config: { gitops: gitopsBlock, argocd: argocdBlock(argocd.url, 'token') },
      decide: permission =>
        permission === 'catalog.entity.read' ? says : ALLOW,
      catalog: {
        ...catalog,
        async getEntityByRef(ref, { credentials }) {
          askedFor.push(credentials);
          return isShown || !isPerson(credentials)
            ? catalog.getEntityByRef(ref, { credentials })
            : undefined;
        },
      },
    });
    says = ALLOW;
    isShown = true;
    askedFor = [];
    await gitops.untilDeployments(({ items }) => items.length === 1);
  });

  beforeEach(() => {
    says = ALLOW;
    // The catalog would not; so what is seen here was decided here.
    isShown = false;
    askedFor = [];
  });

  afterAll(async () => {
    await gitops?.stop();
    await argocd?.stop();
  });

  async function statuses(header?: string): Promise<number[]> {
    const list = await gitops.get(`/v1/deployments?${CART}`, header);
    const single = await gitops.get(
      `/v1/deployments/main/argocd/cart-dev-dev?${CART}`,
      header,
    );
    return [list.status, single.status];
  }

  it.each<[string, PolicyDecision]>([
    ['everybody', ALLOW],
    ['owners', onlyIf(STOREFRONT)],
    ['owners or nobody', onlyIf({ anyOf: [OTHERS, STOREFRONT] })],
    ['all but others', onlyIf({ not: OTHERS })],
    [
      'owners, with an annotation',
      onlyIf({
        allOf: [
          STOREFRONT,
          hasAnnotation({ annotation: 'acme.test/tier', value: 'one' }),
        ],
      }),
    ],
  ])('is seen where the policy shows it to %s', async (_, decision) => {
    says = decision;
    expect(await statuses()).toEqual([200, 200]);
  });

  it.each<[string, PolicyDecision]>([
    ['nobody', DENY],
    ['others', onlyIf(OTHERS)],
    ['all but owners', onlyIf({ not: STOREFRONT })],
    [
      'owners, of another kind',
      onlyIf({ allOf: [STOREFRONT, isEntityKind({ kinds: ['api'] })] }),
    ],
  ])('is hidden where the policy shows it to %s', async (_, decision) => {
    says = decision;
    expect(await statuses()).toEqual([404, 404]);
  });

  it.each<[string, PermissionCriteria<PermissionCondition>]>([
    ['alone', OWN_RULE],
    ['beside others', { anyOf: [STOREFRONT, OWN_RULE] }],
    ['deep inside', { not: { allOf: [STOREFRONT, { not: OWN_RULE }] } }],
  ])(
    'is asked of the catalog where a rule is its own, %s',
    async (_, conditions) => {
      says = onlyIf(conditions);
      expect(await statuses()).toEqual([404, 404]);

      isShown = true;
      expect(await statuses()).toEqual([200, 200]);
      expect(askedFor.some(isPerson)).toBe(true);
    },
  );

  it('is the same answer as for an entity that is not there', async () => {
    says = onlyIf(OTHERS);
    const hidden = await gitops.get(`/v1/deployments?${CART}`);
    const missing = await gitops.get(
      '/v1/deployments?entityRef=component:default/none',
    );

    expect(hidden.status).toBe(404);
    expect(hidden.body.error).toEqual(missing.body.error);
  });

  it('is the catalog’s to say of services, by their own credentials', async () => {
    const header = mockCredentials.service.header();
    const { status } = await gitops.get(`/v1/deployments?${CART}`, header);

    expect(status).toBe(200);
    expect(askedFor.map(({ principal }) => principal)).toEqual([
      mockCredentials.service().principal,
    ]);
  });
});
