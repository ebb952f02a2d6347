import { component } from './__testUtils__/serviceFiles';
import { type Portal } from './__testUtils__/startPortal';
import { startWorld, type World } from './__testUtils__/startWorld';

const APPLICATION = 'clusters/dev/argocd/apps/cart-dev-dev.yaml';

jest.setTimeout(30_000);

let world: World;
let portal: Portal;

beforeAll(async () => {
  world = await startWorld();
  await world.createService('cart');
  const theirs = component('cart', {
    url: world.url,
    owner: 'group:default/payments',
  });
  portal = await world.portal({
    entities: [
      component('cart', { url: world.url }),
      // Anybody may enter such a one: it points to the service of others.
      { ...theirs, metadata: { ...theirs.metadata, namespace: 'theirs' } },
    ],
  });
  await portal.register({ entityRef: 'component:default/cart' });
}, 60_000);

afterAll(async () => {
  await portal?.stop();
  await world?.stop();
}, 30_000);

describe("an entity that points to somebody else's service", () => {
  it.each(['keep', 'delete'])(
    'does not remove its registration (%s)',
    async workloads => {
      const before = await world.hosting.text('gitops-infra', APPLICATION);

      const answer = await portal.remove(
        {
          entityRef: 'component:theirs/cart',
          environment: 'dev',
          workloads,
        },
        'priya',
      );

      expect(answer.status).toBe(409);
      expect(answer.body.error.message).toContain('describes something else');
      expect(await world.hosting.text('gitops-infra', APPLICATION)).toBe(
        before,
      );
    },
  );

  it('does not register it', async () => {
    const answer = await portal.post(
      { entityRef: 'component:theirs/cart', environment: 'staging' },
      'priya',
    );

    expect(answer.status).toBe(403);
    expect(answer.body.error.message).toContain(
      'does not describe component:theirs/cart',
    );
  });
});
