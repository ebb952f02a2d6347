import { RootWorld } from '../__testUtils__/RootWorld';
import { type RootObject } from '../__testUtils__/rootJson';

jest.setTimeout(60_000);

const CART = 'component:default/cart';
const WEB = 'component:default/web';

/** A Deployment's pod that cannot be started, and what is between them. */
function stuck(name: string, reason: string, createdAt: string) {
  const namespace = `${name}-dev`;
  return [
    { group: 'apps', kind: 'Deployment', name, namespace, uid: name },
    {
      group: 'apps',
      kind: 'ReplicaSet',
      name: `${name}-5d4f`,
      namespace,
      uid: `${name}-rs`,
      parentRefs: [{ uid: name }],
    },
    {
      kind: 'Pod',
      name: `${name}-5d4f-x`,
      namespace,
      uid: `${name}-pod`,
      parentRefs: [{ uid: `${name}-rs` }],
      createdAt,
      health: { status: 'Degraded' },
      info: [{ name: 'Status Reason', value: reason }],
    },
  ];
}

describe('a part of a root whose pods are stuck', () => {
  let world: RootWorld;

  beforeEach(async () => {
    world = await RootWorld.start();
    world.argocd.nodes = [
      ...stuck('cart', 'ImagePullBackOff', '2026-01-02T03:00:00Z'),
      ...stuck('web', 'CrashLoopBackOff', '2026-01-02T04:00:00Z'),
    ];
  });

  afterEach(async () => {
    await world.stop();
  });

  async function start(health: { cart: string; web: string }) {
    const objects = Object.entries(health).map(
      ([name, status]): RootObject => ({
        name,
        namespace: `${name}-dev`,
        image: `${name}:1`,
        health: status,
      }),
    );
    world.argocd.put(world.root(objects));
    await world.startPortal();
  }

  const messageOf = async (entityRef: string, isWished: RegExp = /./) => {
    const { health } = await world.untilRow(entityRef, row =>
      isWished.test(row.health.message ?? ''),
    );
    return health.message;
  };
  const trees = () => world.argocd.count('/root-dev/resource-tree');

  it.each(['Degraded', 'Progressing'])(
    'names its own pod while it is %s, which is asked for once for all parts',
    async status => {
      await start({ cart: status, web: status });

      expect(await messageOf(CART, /^Pod/)).toBe(
        'Pod cart-5d4f-x: ImagePullBackOff',
      );
      expect(await messageOf(WEB)).toBe('Pod web-5d4f-x: CrashLoopBackOff');
      expect(trees()).toBe(1);
    },
  );

  it('does not name the pod of another part', async () => {
    world.argocd.nodes = stuck('web', 'CrashLoopBackOff', '');
    await start({ cart: 'Degraded', web: 'Degraded' });
    await messageOf(WEB, /^Pod/);

    expect(await messageOf(CART)).toBe('Deployment cart: is degraded');
  });

  it('does not ask for pods while no part needs it', async () => {
    await start({ cart: 'Healthy', web: 'Suspended' });
    await world.untilRow(WEB);
    await new Promise(resolve => setTimeout(resolve, 300));

    expect(trees()).toBe(0);
    expect((await world.untilRow(CART)).health).toEqual({ status: 'Healthy' });
  });
});
