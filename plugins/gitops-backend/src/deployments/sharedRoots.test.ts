import { mockCredentials } from '@backstage/backend-test-utils';
import {
  AuthorizeResult,
  type PolicyDecision,
} from '@backstage/plugin-permission-common';
import {
  type EntityDeploymentsList,
  type EntityStateList,
  formatDeploymentResource,
  gitopsDeploymentReadPermission,
  type UnmatchedList,
} from '@callboard/backstage-plugin-gitops-common';
import { createDeploymentConditionalDecision, deploymentConditions } from '..';
import { RootWorld } from '../__testUtils__/RootWorld';
import { argoJson, SHA_2 } from '../__testUtils__/argoApplication';
import {
  GIT,
  originOf,
  type RootObject,
  service,
} from '../__testUtils__/rootJson';
import { component } from '../__testUtils__/startGitops';
import { until } from '../__testUtils__/until';

jest.setTimeout(60_000);

const CART = 'component:default/cart';
const WEB = 'component:default/web';

describe('a root that deploys several services', () => {
  let world: RootWorld;

  beforeEach(async () => {
    world = await RootWorld.start();
  });

  afterEach(async () => {
    await world.stop();
  });

  it('is looked into once for all who look, and again when it changes', async () => {
    const objects: RootObject[] = [
      { name: 'cart', namespace: 'cart-dev', image: 'cart:1' },
      { name: 'web', namespace: 'web-dev', image: 'web:1' },
    ];
    world.argocd.put(world.root(objects));
    await world.startPortal();
    const { channel } = await world.gitops.untilDeployments(
      ({ items }) => Boolean(items[0]?.desired),
      CART,
    );
    await world.untilRow(WEB);
    await Promise.all(
      Array.from({ length: 20 }, (_, index) =>
        world.gitops.deployments(index % 2 ? CART : WEB),
      ),
    );
    const calls = (path: string) =>
      world.argocd.requests.filter(url => url.split('?')[0]?.endsWith(path))
        .length;
    expect(calls('/applications/root-dev/manifests')).toBe(1);
    const gets = calls('/applications/root-dev');
    expect(gets).toBeLessThanOrEqual(2);
    world.gitops.signals.length = 0;

    world.argocd.put(
      world.root(
        [{ ...objects[0], name: 'cart', image: 'cart:2' }, objects[1] as never],
        { sync: { status: 'Synced', revision: SHA_2 } },
      ),
    );

    await world.untilRow(CART, ({ live }) => live?.version === '2');
    expect(calls('/applications/root-dev/manifests')).toBe(2);
    expect(calls('/applications/root-dev')).toBe(gets + 1);
    await until(() =>
      world.gitops.signals.some(signal => signal.channel === channel),
    );
  });

  it('tells a service that its part is gone', async () => {
    world.argocd.put(
      world.root([
        { name: 'cart', namespace: 'cart-dev', image: 'cart:1' },
        { name: 'web', namespace: 'web-dev', image: 'web:1' },
      ]),
    );
    await world.startPortal();
    await world.untilRow(WEB);
    const { channel } = await world.gitops.untilDeployments(
      ({ items }) => Boolean(items[0]?.desired),
      CART,
    );
    let answer = () => {};
    world.argocd.beforeDetails = new Promise(resolve => {
      answer = resolve;
    });
    const untilTold = () =>
      until(
        () => world.gitops.signals.map(signal => signal.channel),
        channels => channels.includes(channel),
      );
    world.gitops.signals.length = 0;

    world.argocd.put(
      world.root([{ name: 'web', namespace: 'web-dev', image: 'web:1' }], {
        sync: { status: 'Synced', revision: SHA_2 },
      }),
    );
    // That something changed is told before it is known what that means.
    await untilTold();
    world.gitops.signals.length = 0;
    answer();

    await world.gitops.untilDeployments(
      ({ items }) => items.length === 0,
      CART,
    );
    const told = await untilTold();
    expect(told).toContain(channel);
  });

  it('refuses to look into it for a service, and to sync it, and says why', async () => {
    world.argocd.put(
      world.root([{ name: 'cart', namespace: 'cart-dev', image: 'cart:1' }]),
    );
    await world.startPortal();
    await world.untilRow();
    const path = `/v1/deployments/main/argocd/root-dev`;
    const query = `?entityRef=${CART}`;

    const detail = await world.gitops.get(`${path}${query}`);
    const sync = await world.gitops
      .send('post', `${path}/sync${query}`)
      .send({});

    expect([detail.status, sync.status]).toEqual([403, 403]);
    expect(detail.body.error.message).toContain('in Argo CD');
    expect(world.argocd.count('/sync')).toBe(0);
  });

  it('shows a service that selects the root its part only', async () => {
    const selects = { 'argocd/app-name': 'root-dev' };
    world.argocd.put(
      world.root(
        [
          { name: 'cart', namespace: 'cart-dev', image: 'cart:1' },
          {
            name: 'web',
            namespace: 'web-dev',
            image: 'w:1',
            health: 'Missing',
          },
        ],
        { health: { status: 'Degraded' } },
      ),
    );
    await world.startPortal([
      service('cart', selects),
      component('other', selects),
    ]);

    const row = await world.untilRow();
    const { items } = await world.gitops.deployments('component:default/other');

    expect(row.health.status).toBe('Healthy');
    expect((await world.gitops.deployments(CART)).items).toHaveLength(1);
    // Nothing is this one's: it has the root that it asks for, as ever.
    expect(items).toMatchObject([
      { application: { name: 'root-dev' }, health: { status: 'Degraded' } },
    ]);
    const { body } = await world.gitops.get('/v1/applications/unmatched');
    expect(
      (body as UnmatchedList).items.flatMap(({ entityRefs }) => entityRefs),
    ).not.toContain(CART);
  });

  it('does not share a root with a service that selects another application', async () => {
    world.argocd.put(
      world.root([
        { name: 'cart', namespace: 'cart-dev', image: 'cart:1' },
        { name: 'web', namespace: 'web-dev', image: 'web:1' },
      ]),
    );
    await world.startPortal([
      service('cart', { 'argocd/app-name': 'cart-dev' }),
      service('web'),
    ]);
    await world.untilRow(WEB);

    expect((await world.gitops.deployments(CART)).items).toEqual([]);
  });

  it('shows a guess not where the service has its own application, and a fact beside it', async () => {
    world.argocd.put(argoJson());
    world.argocd.put(
      world.root([{ name: 'cart-exporter', image: 'exporter:1' }]),
    );
    await world.startPortal();
    await world.untilRow(CART, ({ live }) => Boolean(live));
    await until(() => world.argocd.count('/root-dev/manifests') > 0);
    const names = async () =>
      (await world.gitops.deployments(CART)).items.map(
        ({ application }) => application.name,
      );
    expect(await names()).toEqual(['cart-dev-dev']);

    world.argocd.put(
      world.root([{ name: 'cart', namespace: 'cart-dev', image: 'cart:1' }], {
        sync: { status: 'Synced', revision: SHA_2 },
      }),
    );

    await world.untilRow(
      CART,
      ({ application }) => application.name === 'root-dev',
    );
    expect(await names()).toEqual(['cart-dev-dev', 'root-dev']);
  });

  it('asks for a hard refresh when a service that it deploys is pushed', async () => {
    world.argocd.put(
      world.root([
        { name: 'x', origin: originOf('cart'), image: 'cart:1' },
        { name: 'web', namespace: 'web-dev', image: 'web:1' },
      ]),
    );
    await world.startPortal();
    await world.untilRow();
    const push = async (repository: string, branch: string) => {
      world.argocd.requests.length = 0;
      await world.gitops.publish('github.push', {
        ref: `refs/heads/${branch}`,
        repository: {
          html_url: `${GIT}/${repository}`,
          default_branch: 'main',
        },
      });
      await new Promise(resolve => setTimeout(resolve, 100));
      return (
        world.argocd.count('/root-dev?') && world.argocd.count('refresh=hard')
      );
    };

    expect(await push('cart', 'main')).toBe(1);
    expect(await push('web', 'main')).toBe(1);
    expect(await push('cart', 'feature')).toBe(0);
    expect(await push('search', 'main')).toBe(0);
  });

  describe('with a policy', () => {
    it.each([
      [
        'its environment',
        deploymentConditions.isEnvironment({ environments: ['dev'] }),
        1,
      ],
      [
        'another environment',
        deploymentConditions.isEnvironment({ environments: ['staging'] }),
        0,
      ],
      [
        'its owner',
        deploymentConditions.isEntityOwner({ claims: ['group:default/shop'] }),
        1,
      ],
      [
        'another owner',
        deploymentConditions.isEntityOwner({ claims: ['group:default/web'] }),
        0,
      ],
    ] as const)('about %s', async (...row) => {
      const [, condition, rows] = row;
      world.argocd.put(
        world.root([
          {
            name: 'cart',
            namespace: 'cart-dev',
            image: 'cart:1',
            health: 'Degraded',
          },
        ]),
      );
      let read: PolicyDecision = { result: AuthorizeResult.ALLOW };
      await world.startPortal(
        [
          {
            ...service('cart'),
            relations: [{ type: 'ownedBy', targetRef: 'group:default/shop' }],
          },
        ],
        permission =>
          permission === gitopsDeploymentReadPermission.name
            ? read
            : { result: AuthorizeResult.ALLOW },
      );
      await world.untilRow();
      read = createDeploymentConditionalDecision(
        gitopsDeploymentReadPermission,
        condition,
      );

      const one = await world.gitops.deployments(CART);
      const { body: many } = await world.gitops
        .send('post', '/v1/deployments/by-entities')
        .send({ entityRefs: [CART] });
      const { body: inState } = await world.gitops.get(
        '/v1/deployments/by-state?state=degraded',
      );

      expect(one.items).toHaveLength(rows);
      expect(
        (many as EntityDeploymentsList).items[0]?.deployments,
      ).toHaveLength(rows);
      expect((inState as EntityStateList).items).toHaveLength(rows);
    });

    it('is decided elsewhere about the same deployment', async () => {
      world.argocd.put(
        world.root([{ name: 'cart', namespace: 'cart-dev', image: 'cart:1' }]),
      );
      await world.startPortal();
      await world.untilRow();
      const about = (entityRef: string) => ({
        id: '1',
        resourceRef: formatDeploymentResource({
          entityRef,
          instance: 'main',
          namespace: 'argocd',
          name: 'root-dev',
        }),
        ...createDeploymentConditionalDecision(
          gitopsDeploymentReadPermission,
          deploymentConditions.isEnvironment({ environments: ['dev'] }),
        ),
      });

      const results = await Promise.all(
        [CART, WEB].map(async entityRef => {
          const { body } = await world.gitops
            .send('post', '/.well-known/backstage/permissions/apply-conditions')
            .set('Authorization', mockCredentials.service.header())
            .send({ items: [about(entityRef)] })
            .expect(200);
          return body.items[0].result;
        }),
      );

      expect(results).toEqual(['ALLOW', 'DENY']);
    });
  });
});
