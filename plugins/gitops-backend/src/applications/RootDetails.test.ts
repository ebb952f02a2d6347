import { mockServices } from '@backstage/backend-test-utils';
import { ScriptedArgocd } from '../__testUtils__/ScriptedArgocd';
import { SHA_2 } from '../__testUtils__/argoApplication';
import { environments } from '../__testUtils__/environments';
import { rootJson } from '../__testUtils__/rootJson';
import { until } from '../__testUtils__/until';
import { ApplicationHub } from './ApplicationHub';

jest.setTimeout(30_000);

const CART = { name: 'cart', namespace: 'cart-dev', image: 'cart:1' };
const WEB = { name: 'web', namespace: 'web-dev', image: 'web:1' };
const DEGRADED = { health: { status: 'Degraded' } };

describe("what an environment's root deploys", () => {
  let argocd: ScriptedArgocd;
  let hub: ApplicationHub;

  beforeEach(async () => {
    argocd = await ScriptedArgocd.start();
    hub = new ApplicationHub({
      instances: [
        {
          name: 'main',
          url: 'https://argocd.acme.test',
          apiUrl: argocd.url,
          auth: { token: 'a.b.c' },
        },
      ],
      environments,
      logger: mockServices.logger.mock(),
      lookAgainMs: 50,
      looksAtPods: { firstMs: 20, mostMs: 50 },
    });
  });

  afterEach(async () => {
    await hub.stop();
    await argocd.stop();
  });

  const healthOf = (service: string) =>
    hub.roots[0]?.content.inventory.inNamespaceOf(service)[0]?.state.health
      ?.status;

  it('is looked at again: the root does not tell that one more is degraded', async () => {
    argocd.put(rootJson(argocd, [{ ...CART, ...bad() }, WEB], DEGRADED));
    hub.start();
    await until(
      () =>
        healthOf('web') === 'Healthy' && hub.roots[0]?.content.isDesiredKnown,
    );
    let changes = 0;
    hub.onApplicationChange(() => {
      changes += 1;
    });

    const worse = [
      { ...CART, ...bad() },
      { ...WEB, ...bad() },
    ];
    argocd.put(rootJson(argocd, worse, DEGRADED), 'lost');

    await until(() => healthOf('web') === 'Degraded');
    expect(changes).toBe(1);
    expect(argocd.count('/manifests')).toBe(1);
  });

  it('tells of pods that get stuck later, until what they belong to is healthy', async () => {
    const starting = { ...CART, health: 'Progressing' };
    const pods = () => hub.roots[0]?.content.stuckPods.map(({ pod }) => pod);
    argocd.put(rootJson(argocd, [starting, WEB]));
    hub.start();
    await until(() => argocd.count('/resource-tree') > 1);
    expect(pods()).toEqual([]);

    argocd.nodes = [
      { kind: 'Pod', name: 'cart-1', health: { status: 'Degraded' } },
    ];
    await until(() => pods()?.[0]?.name === 'cart-1');

    argocd.put(rootJson(argocd, [CART, WEB]), 'lost');
    await until(() => pods()?.length === 0);
    const looks = argocd.count('/resource-tree');
    await new Promise(resolve => setTimeout(resolve, 200));
    expect(argocd.count('/resource-tree')).toBe(looks);
  });

  it('is not looked at again where it deploys nothing by itself', async () => {
    argocd.put(rootJson(argocd, [{ kind: 'Application', name: 'cart' }]));
    hub.start();
    await until(() => argocd.count('/manifests') > 0);
    const before = argocd.requests.length;

    await new Promise(resolve => setTimeout(resolve, 300));

    expect(argocd.requests).toHaveLength(before);
    expect(hub.roots).toEqual([]);
  });

  it('stays known while Argo CD cannot tell it anew', async () => {
    argocd.put(rootJson(argocd, [CART]));
    hub.start();
    await until(() => healthOf('cart') === 'Healthy');

    argocd.put(
      rootJson(argocd, [CART], { sync: { status: 'Synced', revision: SHA_2 } }),
    );
    argocd.status = 503;
    await until(() => hub.roots[0]?.content.isDesiredKnown === false);

    expect(healthOf('cart')).toBe('Healthy');
  });
});

function bad() {
  return { health: 'Degraded' };
}
