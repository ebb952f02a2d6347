import { RootWorld } from '../__testUtils__/RootWorld';
import { SHA_1, SHA_2 } from '../__testUtils__/argoApplication';
import { GIT, originOf, type RootObject } from '../__testUtils__/rootJson';

jest.setTimeout(60_000);

const CART = 'component:default/cart';
const WEB = 'component:default/web';

describe('parts of a root', () => {
  let world: RootWorld;

  beforeEach(async () => {
    world = await RootWorld.start();
  });

  afterEach(async () => {
    await world.stop();
  });

  it('gives each service its own row by the origin of its manifests', async () => {
    world.argocd.put(
      world.root([
        {
          name: 'cart',
          namespace: 'shared',
          origin: originOf('cart'),
          image: 'ghcr.io/acme/cart:1.4.2',
        },
        {
          name: 'frontend',
          namespace: 'shared',
          origin: originOf('web', SHA_2),
          image: 'ghcr.io/acme/web:2.0.0',
          health: 'Degraded',
        },
      ]),
    );
    await world.startPortal();

    expect(await world.untilRow(CART)).toEqual({
      environment: 'dev',
      cluster: 'dev',
      application: {
        instance: 'main',
        namespace: 'argocd',
        name: 'root-dev',
        url: `${world.argocd.url}/applications/argocd/root-dev`,
      },
      desired: {
        version: '1.4.2',
        images: [{ name: 'ghcr.io/acme/cart', tag: '1.4.2' }],
      },
      live: {
        version: '1.4.2',
        images: [{ name: 'ghcr.io/acme/cart', tag: '1.4.2' }],
      },
      sync: { status: 'Synced' },
      health: { status: 'Healthy' },
      revisions: [{ kind: 'git', repo: `${GIT}/cart`, value: 'main' }],
      observedAt: expect.any(String),
      access: {
        may: [],
        isShared: true,
        unproven: expect.stringContaining('deploys several services'),
      },
    });
    expect(await world.untilRow(WEB)).toMatchObject({
      desired: { version: '2.0.0' },
      health: {
        status: 'Degraded',
        message: 'Deployment frontend: is degraded',
      },
      revisions: [{ repo: `${GIT}/web`, value: SHA_2 }],
    });
  });

  const HOW: [what: string, object: RootObject, isApproximate: boolean][] = [
    [
      'the label of the Kubernetes plugin',
      { name: 'x', labels: { 'backstage.io/kubernetes-id': 'cart' } },
      false,
    ],
    [
      'a label that names it',
      { name: 'x', labels: { 'app.kubernetes.io/part-of': 'cart' } },
      false,
    ],
    [
      'the namespace that the layout gives it',
      { name: 'x', namespace: 'cart-dev' },
      false,
    ],
    ['a namespace of its name', { name: 'x', namespace: 'cart' }, false],
    ['its name', { name: 'cart', namespace: 'shared' }, true],
    ['the beginning of a name', { name: 'cart-api', namespace: 'shop' }, true],
  ];

  it.each(HOW)('finds a service by %s', async (...row) => {
    const [, object, isApproximate] = row;
    world.argocd.put(world.root([{ ...object, image: 'cart:1' }]));
    await world.startPortal();

    const { approximate } = await world.untilRow();

    expect(Boolean(approximate)).toBe(isApproximate);
  });

  it('says what makes a guess certain', async () => {
    world.argocd.put(world.root([{ name: 'cart', image: 'cart:1' }]));
    await world.startPortal();

    const { approximate } = await world.untilRow();

    expect(approximate?.message).toMatch(
      /guessed from their names.* adds this line to clusters\/dev\/argocd\/kustomization\.yaml of acme\/gitops-infra: buildMetadata: \[originAnnotations\]$/,
    );
  });

  const NOT_ITS: [what: string, objects: RootObject[]][] = [
    [
      'is labelled as another one',
      [{ name: 'cart', labels: { 'app.kubernetes.io/name': 'basket' } }],
    ],
    [
      'is named as another one by the Kubernetes plugin’s label',
      [
        {
          name: 'cart',
          namespace: 'cart-dev',
          labels: { 'backstage.io/kubernetes-id': 'basket' },
        },
      ],
    ],
    [
      'comes from another repository',
      [{ name: 'cart', origin: originOf('web') }],
    ],
    [
      'is named after a service with a longer name',
      [
        { name: 'cart-db-main', namespace: 'shared' },
        { name: 'x', labels: { 'app.kubernetes.io/part-of': 'cart-db' } },
      ],
    ],
    [
      'is named after the service in whose namespace it is not',
      [
        { name: 'cart-db-main', namespace: 'shared' },
        { name: 'cart-db', namespace: 'cart-db-dev' },
      ],
    ],
    [
      'runs nothing',
      [{ kind: 'Service', name: 'cart', namespace: 'cart-dev' }],
    ],
    ['has another name', [{ name: 'cartographer' }, { name: 'my-cart' }]],
    [
      'is an Application or a namespace',
      [
        { kind: 'Application', name: 'cart' },
        { kind: 'Namespace', name: 'cart' },
      ],
    ],
    [
      'has an origin that is none',
      [
        { name: 'x', origin: '{a: *b' },
        { name: 'y', origin: '[1]' },
      ],
    ],
  ];

  it.each(NOT_ITS)('does not take for its part what %s', async (...row) => {
    const [, objects] = row;
    world.argocd.put(
      world.root([
        ...objects.map(object => ({ image: 'x:1', ...object })),
        { name: 'web', namespace: 'web-dev', image: 'web:1' },
      ]),
    );
    await world.startPortal();
    await world.untilRow(WEB);

    expect((await world.gitops.deployments(CART)).items).toEqual([]);
  });

  it('counts for a service only what is its own', async () => {
    world.argocd.put(
      world.root(
        [
          {
            name: 'cart',
            namespace: 'cart-dev',
            status: 'OutOfSync',
            image: 'cart:2',
            liveImage: 'cart:1',
            origin: originOf('cart', SHA_1),
          },
          {
            kind: 'Job',
            name: 'migrate',
            namespace: 'cart-dev',
            hook: true,
            health: 'Degraded',
          },
          {
            name: 'web',
            namespace: 'web-dev',
            image: 'web:5',
            liveImage: 'web:5',
            origin: originOf('web'),
          },
        ],
        {
          sync: { status: 'OutOfSync', revision: SHA_2 },
          operationState: {
            phase: 'Failed',
            message: 'one or more objects failed to apply',
          },
        },
      ),
    );
    await world.startPortal();

    expect(
      await world.untilRow(CART, ({ live }) => Boolean(live)),
    ).toMatchObject({
      sync: {
        status: 'OutOfSync',
        message: 'The last sync failed: one or more objects failed to apply',
      },
      health: { status: 'Healthy' },
      desired: { version: '2' },
      live: { version: '1' },
    });
    expect(await world.untilRow(WEB)).toMatchObject({
      sync: { status: 'Synced' },
      live: { version: '5' },
    });
    expect((await world.gitops.deployments(WEB)).items[0]?.sync).toEqual({
      status: 'Synced',
    });
  });

  it('knows nothing of what it cannot render, and says why', async () => {
    const objects = [
      { name: 'cart', namespace: 'cart-dev', status: 'Unknown', image: 'x:1' },
    ];
    world.argocd.put(
      world.root(objects, {
        sync: { status: 'Unknown', revision: SHA_1 },
        conditions: [
          { type: 'ComparisonError', message: 'kustomize build failed: web' },
        ],
      }),
    );
    await world.startPortal();

    expect((await world.untilRow()).sync).toEqual({
      status: 'Unknown',
      message:
        'Argo CD cannot tell what should run: kustomize build failed: web',
    });
  });
});
