import {
  AuthorizeResult,
  type PolicyDecision,
} from '@backstage/plugin-permission-common';
import { gitopsRegistrationCreatePermission } from '@callboard/backstage-plugin-gitops-common';
import { component } from './__testUtils__/serviceFiles';
import { type Portal } from './__testUtils__/startPortal';
import { startWorld, type World } from './__testUtils__/startWorld';
import {
  createRegistrationConditionalDecision,
  registrationConditions,
} from '.';

const CART = { entityRef: 'component:default/cart', dryRun: true };

jest.setTimeout(30_000);

let world: World;
let portal: Portal;
let decision: PolicyDecision;

beforeAll(async () => {
  world = await startWorld();
  await world.createService('cart');
  await world.createService('new');
  portal = await world.portal({
    entities: [component('cart', { url: world.url })],
    decide: () => decision,
  });
}, 60_000);

beforeEach(() => {
  decision = { result: AuthorizeResult.ALLOW };
});

afterAll(async () => {
  await portal?.stop();
  await world?.stop();
}, 30_000);

describe('who may register', () => {
  it('nobody without the permission', async () => {
    decision = { result: AuthorizeResult.DENY };

    const answer = await portal.post(CART);

    expect(answer.status).toBe(403);
    expect(answer.body.error.message).toContain('gitops.registration.create');
  });

  it.each([
    ['group:default/storefront', 'dev', 200],
    ['Group:default/Storefront', 'dev', 200],
    ['group:default/payments', 'dev', 403],
    ['group:default/storefront', 'staging', 403],
  ])('%s in %s where owners may do so in dev: %d', async (...row) => {
    const [claim, environment, status] = row;
    decision = createRegistrationConditionalDecision(
      gitopsRegistrationCreatePermission,
      {
        allOf: [
          registrationConditions.isEntityOwner({ claims: [claim] }),
          registrationConditions.isEnvironment({ environments: ['dev'] }),
        ],
      },
    );

    const answer = await portal.post({ ...CART, environment });

    expect(answer.status).toBe(status);
  });

  it('nobody removes without the permission either', async () => {
    decision = { result: AuthorizeResult.DENY };

    const answer = await portal.remove({
      entityRef: 'component:default/cart',
      environment: 'dev',
      workloads: 'keep',
    });

    expect(answer.status).toBe(403);
    expect(answer.body.error.message).toContain('gitops.registration.delete');
  });
});

describe('a service that the catalog does not know yet', () => {
  const claim = () => ({
    entityRef: 'component:default/new',
    owner: 'group:default/storefront',
    repository: `${world.url}/acme/new`,
    dryRun: true,
  });

  it('is registered by those who belong to its owner', async () => {
    expect((await portal.post(claim())).body).toMatchObject({
      outcome: 'planned',
    });
  });

  it('is refused to others, whatever the policy says', async () => {
    const answer = await portal.post(claim(), 'priya');

    expect(answer.status).toBe(403);
    expect(answer.body.error.message).toContain(
      'You do not belong to group:default/storefront',
    );
  });

  it('is refused where its repository names another owner', async () => {
    const answer = await portal.post(
      { ...claim(), owner: 'group:default/payments' },
      'priya',
    );

    expect(answer.status).toBe(403);
    expect(answer.body.error.message).toContain('catalog-info.yaml');
  });

  it('needs owner and repository', async () => {
    const answer = await portal.post({ entityRef: 'component:default/new' });

    expect(answer.status).toBe(400);
    expect(answer.body.error.message).toContain('not in the catalog yet');
  });

  it('has no list', async () => {
    expect((await portal.list('component:default/new')).status).toBe(404);
  });
});
