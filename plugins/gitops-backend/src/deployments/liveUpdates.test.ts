import signalsPlugin from '@backstage/plugin-signals-backend';
import { BrowserSocket } from '../__testUtils__/BrowserSocket';
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

describe('live updates, over the signals backend', () => {
  let argocd: ScriptedArgocd;
  const ends: (() => Promise<void>)[] = [];

  beforeEach(async () => {
    argocd = await ScriptedArgocd.start();
    argocd.put(argoJson());
  });

  afterEach(async () => {
    for (const end of ends.splice(0).reverse()) {
      await end();
    }
    await argocd.stop();
  });

  async function start(): Promise<Gitops> {
    const gitops = await startGitops({
      config: { gitops: gitopsBlock, argocd: argocdBlock(argocd.url, 'token') },
      entities: [component('cart')],
      features: [signalsPlugin],
    });
    ends.push(() => gitops.stop());
    return gitops;
  }

  async function connect(gitops: Gitops): Promise<BrowserSocket> {
    const socket = await BrowserSocket.open(gitops.url);
    ends.push(() => socket.close());
    return socket;
  }

  /** An open page of `cart`, once it has heard that it is told of changes. */
  async function openPage(gitops: Gitops) {
    const list = await gitops.untilDeployments(
      ({ items }) => items.length === 1,
    );
    const socket = await connect(gitops);
    socket.subscribe(list.channel);
    socket.subscribe(list.pulse);
    await until(() => socket.heard(list.pulse).length > 0);
    return { ...list, socket };
  }

  it('bring a change of Argo CD to an open page within a second', async () => {
    const gitops = await start();
    const { channel, socket } = await openPage(gitops);
    const before = socket.heard(channel).length;
    const at = Date.now();

    argocd.put(argoJson({ status: { health: { status: 'Degraded' } } }));
    await until(() => socket.heard(channel).length > before);
    const { items } = await gitops.deployments();

    expect(Date.now() - at).toBeLessThan(1_000);
    expect(items[0]?.health.status).toBe('Degraded');
  });

  it('are told by a beat every five seconds, each with the next version', async () => {
    const gitops = await start();
    const { pulse, socket } = await openPage(gitops);

    const [first, second] = await until(
      () => socket.heard(pulse),
      heard => heard.length === 2,
    );

    const [from, to] = [first?.message.version, second?.message.version];
    expect(to).toBe((from ?? NaN) + 1);
    const gap = (second?.at ?? NaN) - (first?.at ?? NaN);
    expect(gap).toBeGreaterThan(4_000);
    expect(gap).toBeLessThan(6_000);
    expect(Object.keys(first?.message ?? {})).toEqual(['version']);
  });

  it('are told by another process under another name', async () => {
    const [first, second] = [await start(), await start()];
    const { pulse, socket } = await openPage(second);
    const other = await first.deployments();
    socket.subscribe(other.pulse);

    await until(() => first.pulses.length > 1);

    expect(pulse).not.toBe(other.pulse);
    // These two share no event bus: who is not connected is not heard.
    expect(socket.heard(other.pulse)).toEqual([]);
    expect(pulse).toMatch(/^gitops:pulse:[0-9a-f-]{36}$/);
  });

  it('bring changes of states to whoever looks at states', async () => {
    const gitops = await start();
    await gitops.untilDeployments(({ items }) => items.length === 1);
    const { body } = await gitops.get(
      '/v1/deployments/by-state?state=degraded',
    );
    expect(body.items).toEqual([]);
    const socket = await connect(gitops);
    socket.subscribe(body.channel);
    socket.subscribe(body.pulse);
    await until(() => socket.heard(body.pulse).length > 0);

    argocd.put(argoJson({ status: { health: { status: 'Degraded' } } }));
    await until(() => socket.heard(body.channel).length > 0);

    const { body: after } = await gitops.get(
      '/v1/deployments/by-state?state=degraded',
    );
    expect(after.items).toMatchObject([
      { entityRef: 'component:default/cart' },
    ]);
  });
});
