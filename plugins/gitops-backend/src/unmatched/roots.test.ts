import {
  type Unmatched,
  type UnmatchedList,
} from '@callboard/backstage-plugin-gitops-common';
import { RootWorld } from '../__testUtils__/RootWorld';
import {
  GIT,
  originOf,
  type RootObject,
  service,
} from '../__testUtils__/rootJson';

jest.setTimeout(60_000);

const PATH = '/v1/applications/unmatched';

describe('what does not come together in a root that deploys several services', () => {
  let world: RootWorld;

  beforeEach(async () => {
    world = await RootWorld.start();
  });

  afterEach(async () => {
    await world.stop();
  });

  /** The findings, once the root was looked into. */
  async function findings(
    objects: RootObject[],
    entities?: Parameters<RootWorld['startPortal']>[0],
  ): Promise<Unmatched[]> {
    world.argocd.put(
      world.root([
        { name: 'web', namespace: 'web-dev', image: 'web:1' },
        ...objects.map(object => ({ image: 'x:1', ...object })),
      ]),
    );
    await world.startPortal([service('web'), ...(entities ?? [])]);
    await world.untilRow('component:default/web');
    const { body } = await world.gitops.get(PATH).expect(200);
    return [...(body as UnmatchedList).items];
  }

  it('is nothing where all have what is theirs', async () => {
    const found = await findings(
      [
        { name: 'cart', namespace: 'cart-dev' },
        { name: 'db', namespace: 'orders' },
        { kind: 'Job', name: 'migrate', namespace: 'x', hook: true },
        { kind: 'Service', name: 'x', namespace: 'x' },
      ],
      [service('cart'), { ...service('orders'), kind: 'Resource' }],
    );

    expect(found).toEqual([]);
  });

  it('is a row that was guessed, with the line that makes it certain', async () => {
    const [found, ...others] = await findings(
      [{ name: 'cart', namespace: 'shared' }],
      [service('cart')],
    );

    expect(others).toEqual([]);
    expect(found).toMatchObject({
      id: 'approximate:main/argocd/root-dev:component:default/cart',
      reason: 'approximate',
      application: { name: 'root-dev' },
      entityRefs: ['component:default/cart'],
      message: expect.stringContaining('guessed from their names'),
      fix: {
        snippets: [
          {
            place: 'clusters/dev/argocd/kustomization.yaml',
            text: 'buildMetadata: [originAnnotations]\n',
          },
        ],
      },
    });
  });

  it('is a workload that no entity has, with the label to paste', async () => {
    const [found, ...others] = await findings(
      [{ name: 'basket', namespace: 'shop' }],
      [service('cart')],
    );

    expect(others).toEqual([]);
    expect(found).toMatchObject({
      id: 'stray-workload:main/argocd/root-dev:Deployment shop/basket',
      entityRefs: [],
      message: expect.stringMatching(
        /^root-dev deploys Deployment shop\/basket, which no entity/,
      ),
    });
    expect(found?.fix.snippets?.map(({ text }) => text)).toEqual([
      'metadata:\n  labels:\n    backstage.io/kubernetes-id: <name of the entity>\n',
      'buildMetadata: [originAnnotations]\n',
    ]);
  });

  it('says from which repository it is', async () => {
    const [found] = await findings([
      { name: 'basket', namespace: 'shop', origin: originOf('basket') },
    ]);

    expect(found?.message).toMatch(/it comes from acme\/basket/);
    expect(found?.fix.text).toMatch(/^Add the component of acme\/basket/);
  });

  it('suggests the entity that its labels tell', async () => {
    const [found] = await findings(
      [
        {
          name: 'x',
          namespace: 'shop',
          labels: { 'app.kubernetes.io/instance': 'cart-app' },
        },
      ],
      [
        service('cart-app', {
          'argocd/app-name': 'other',
          'backstage.io/source-location': `url:${GIT}/cart/tree/main/`,
        }),
      ],
    );

    expect(found?.reason).toBe('selects-nothing');
    const { body } = await world.gitops
      .get(`${PATH}?reason=stray-workload`)
      .expect(200);
    expect(body.items[0].fix.text).toMatch(
      /component:default\/cart-app has the name/,
    );
  });
});
