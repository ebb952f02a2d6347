import { mockCredentials } from '@backstage/backend-test-utils';
import {
  AuthorizeResult,
  type PolicyDecision,
} from '@backstage/plugin-permission-common';
import { type HumanDuration } from '@backstage/types';
import { ScriptedArgocd } from '../__testUtils__/ScriptedArgocd';
import { argoJson } from '../__testUtils__/argoApplication';
import { argocdBlock, gitopsBlock } from '../__testUtils__/environments';
import {
  component,
  type Gitops,
  startGitops,
} from '../__testUtils__/startGitops';
import { until } from '../__testUtils__/until';

const CART = 'entityRef=component:default/cart';
const LIST = `/v1/deployments?${CART}`;
const LISTS = [
  LIST,
  '/v1/environments',
  '/v1/applications?name=cart-dev-dev',
  '/v1/deployments/by-state?state=healthy',
];
const ALLOW: PolicyDecision = { result: AuthorizeResult.ALLOW };
const DENY: PolicyDecision = { result: AuthorizeResult.DENY };
const SOMEBODY_ELSE = mockCredentials.user.header('user:default/other');

describe('what the permission framework says', () => {
  let argocd: ScriptedArgocd;
  let gitops: Gitops;
  let says: PolicyDecision;
  let asked: number;

  async function start(ttl: HumanDuration): Promise<void> {
    gitops = await startGitops({
      config: {
        gitops: { ...gitopsBlock, permissionCache: { ttl: { ...ttl } } },
        argocd: argocdBlock(argocd.url, 'token'),
      },
      entities: [
        component('cart', { 'backstage.io/managed-by-location': 'url:x' }),
      ],
      decide: permission => {
        asked += permission === 'gitops.deployment.read' ? 1 : 0;
        return says;
      },
    });
    await gitops.untilDeployments(({ items }) => items.length === 1);
    asked = 0;
  }

  async function statusOf(path: string, header?: string): Promise<number> {
    return (await gitops.get(path, header)).status;
  }

  beforeAll(async () => {
    argocd = await ScriptedArgocd.start();
    argocd.put(argoJson());
  });

  beforeEach(() => {
    says = ALLOW;
    asked = 0;
  });

  afterEach(async () => {
    await gitops?.stop();
  });

  afterAll(async () => {
    await argocd?.stop();
  });

  it('of lists serves the lists of the same person', async () => {
    await start({ minutes: 1 });

    for (const list of LISTS) {
      expect(await statusOf(list)).toBe(200);
    }
    expect(asked).toBe(0);

    says = DENY;
    for (const list of LISTS) {
      expect(await statusOf(list)).toBe(200);
      expect(await statusOf(list, SOMEBODY_ELSE)).toBe(403);
    }
  });

  it('is asked once, however many lists are asked for at the same moment', async () => {
    await start({ minutes: 1 });

    await Promise.all(LISTS.map(list => statusOf(list, SOMEBODY_ELSE)));

    expect(asked).toBe(1);
  });

  it('is not remembered where it was no', async () => {
    await start({ minutes: 1 });
    says = DENY;
    expect(await statusOf(LIST, SOMEBODY_ELSE)).toBe(403);

    says = ALLOW;

    expect(await statusOf(LIST, SOMEBODY_ELSE)).toBe(200);
  });

  it('is asked for each single deployment, and for what is done with it', async () => {
    await start({ minutes: 1 });
    says = DENY;
    const single = '/v1/deployments/main/argocd/cart-dev-dev';

    expect(await statusOf(`${single}?${CART}`)).toBe(403);
    expect(await statusOf(`${single}/resources?${CART}`)).toBe(403);
    const { status } = await gitops
      .send('post', `${single}/sync?${CART}`)
      .send({});
    expect(status).toBe(403);
  });

  it('is forgotten when its time is over', async () => {
    await start({ seconds: 1 });
    says = DENY;

    const last = await until(
      () => statusOf(LIST),
      status => status !== 200,
    );
    expect(last).toBe(403);
  });

  it('is asked for every list where nothing is to be remembered', async () => {
    await start({ seconds: 0 });

    await statusOf(LIST);
    await statusOf(LIST);

    expect(asked).toBe(2);
  });
});
