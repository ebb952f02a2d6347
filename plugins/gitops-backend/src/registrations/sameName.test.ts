import { component } from './__testUtils__/serviceFiles';
import { type Portal } from './__testUtils__/startPortal';
import { startWorld, type World } from './__testUtils__/startWorld';

const environment = 'production';

jest.setTimeout(30_000);

let world: World;
let portal: Portal;

beforeAll(async () => {
  world = await startWorld();
  await world.createService('cart');
  await world.createService('other-cart', {
    files: {
      'catalog-info.yaml': `kind: Component
metadata:
  name: cart
  namespace: other
spec:
  owner: group:default/storefront
`,
    },
  });
  const other = component('cart', {
    url: world.url,
    repository: 'other-cart',
  });
  portal = await world.portal({
    entities: [
      component('cart', { url: world.url }),
      { ...other, metadata: { ...other.metadata, namespace: 'other' } },
    ],
  });
}, 60_000);

afterAll(async () => {
  await portal?.stop();
  await world?.stop();
}, 30_000);

async function production(entityRef: string) {
  return (await portal.list(entityRef)).body.items[2];
}

describe('two entities of the same name in different namespaces', () => {
  it('are not proposed at the same time: they would be one Application', async () => {
    const entityRef = 'component:default/cart';
    const { pullRequest } = await portal.register({ entityRef, environment });

    const answer = await portal.post({
      entityRef: 'component:other/cart',
      environment,
    });

    expect(answer.status).toBe(409);
    expect(answer.body.error.message).toContain(pullRequest?.url);
    expect(await production(entityRef)).toMatchObject({
      state: 'proposed',
      pullRequest: { number: pullRequest?.number },
    });
    expect(await production('component:other/cart')).toMatchObject({
      state: 'absent',
    });
  });

  it('do not withdraw what the other one proposed', async () => {
    const answer = await portal.remove({
      entityRef: 'component:other/cart',
      environment,
      workloads: 'delete',
    });

    expect(answer.body).toMatchObject({ outcome: 'unchanged', notes: [] });
    expect(await production('component:default/cart')).toMatchObject({
      state: 'proposed',
    });
  });

  it('can follow each other', async () => {
    await portal.remove({
      entityRef: 'component:default/cart',
      environment,
      workloads: 'delete',
    });

    const change = await portal.register({
      entityRef: 'component:other/cart',
      environment,
    });

    expect(change).toMatchObject({ outcome: 'proposed' });
    await world.hosting.merge(change.pullRequest?.number ?? 0);
    const answer = await portal.post({
      entityRef: 'component:default/cart',
      environment,
    });
    expect(answer.status).toBe(409);
    expect(answer.body.error.message).toContain('describes something else');
  });
});
