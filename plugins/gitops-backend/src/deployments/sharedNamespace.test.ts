import { RootWorld } from '../__testUtils__/RootWorld';
import { GIT, originOf, service } from '../__testUtils__/rootJson';

jest.setTimeout(60_000);

const PAYMENTS = 'component:default/payments';
const WORKER = 'component:default/payments-worker';
const ID = 'backstage.io/kubernetes-id';
const NAME = 'app.kubernetes.io/name';
const ENTITIES = [service('payments'), service('payments-worker')];

/** What kustomize writes for a file that lies in the platform repository. */
const LOCAL = 'path: ../../../components/payments/deployment.yaml\n';

const payments = {
  name: 'payments',
  namespace: 'payments',
  image: 'ghcr.io/acme/payments:1',
};
const worker = {
  name: 'payments-worker',
  namespace: 'payments',
  image: 'ghcr.io/acme/payments-worker:7',
  health: 'Degraded',
};

/** Without the worker. */
const ALONE = {
  images: ['ghcr.io/acme/payments'],
  health: 'Healthy',
  isApproximate: false,
};

describe('services of a root that share a namespace', () => {
  let world: RootWorld;

  beforeEach(async () => {
    world = await RootWorld.start();
  });

  afterEach(async () => {
    await world.stop();
  });

  /** What the row of `payments` is about. */
  async function untilPayments() {
    const row = await world.untilRow(PAYMENTS);
    return {
      images: row.desired?.images.map(({ name }) => name),
      health: row.health.status,
      isApproximate: Boolean(row.approximate),
    };
  }

  it.each([
    ['its own repository', originOf('payments')],
    ['the platform repository', LOCAL],
    ['nowhere, as far as is told', undefined],
  ])('leave to each other what comes from elsewhere: %s', async (_, origin) => {
    world.argocd.put(
      world.root([
        { ...payments, origin },
        { ...worker, origin: originOf('payments-worker') },
      ]),
    );
    await world.startPortal(ENTITIES);

    expect(await untilPayments()).toEqual(ALONE);
    expect((await world.untilRow(WORKER)).health.status).toBe('Degraded');
  });

  it.each([ID, NAME, 'app.kubernetes.io/part-of'])(
    'believe the origin more than the label %s',
    async label => {
      world.argocd.put(
        world.root([
          { ...payments, origin: originOf('payments') },
          {
            ...worker,
            origin: originOf('payments-worker'),
            labels: { [label]: 'payments' },
          },
        ]),
      );
      await world.startPortal(ENTITIES);

      expect(await untilPayments()).toEqual(ALONE);
    },
  );

  it('believe a label more than the namespace', async () => {
    world.argocd.put(
      world.root([
        payments,
        { ...worker, labels: { [NAME]: 'payments-worker' } },
      ]),
    );
    await world.startPortal(ENTITIES);

    expect(await untilPayments()).toEqual(ALONE);
  });

  it('have what is labelled as a component of theirs in the namespace that the layout gives them', async () => {
    world.argocd.put(
      world.root([
        { ...payments, namespace: 'payments-dev' },
        {
          name: 'redis',
          namespace: 'payments-dev',
          health: 'Degraded',
          labels: { [NAME]: 'redis' },
        },
      ]),
    );
    await world.startPortal(ENTITIES);

    const row = await world.untilRow(PAYMENTS);
    expect(row.health.status).toBe('Degraded');
  });

  it('are told apart by folder where they share a repository, too', async () => {
    const from = (folder: string) =>
      `path: ${folder}/deploy/deployment.yaml\nrepo: ${GIT}/shop\nref: main\n`;
    const inFolder = (name: string) =>
      service(name, {
        'backstage.io/source-location': `url:${GIT}/shop/tree/main/${name}/`,
      });
    world.argocd.put(
      world.root([
        { ...payments, origin: from('payments') },
        { ...worker, origin: from('payments-worker') },
      ]),
    );
    await world.startPortal(['payments', 'payments-worker'].map(inFolder));

    expect(await untilPayments()).toEqual(ALONE);
  });

  it('have what is labelled with their id where services share a base', async () => {
    const base = originOf('kustomize-bases');
    world.argocd.put(
      world.root([
        { ...payments, origin: base, labels: { [ID]: 'payments' } },
        { ...worker, origin: base, labels: { [ID]: 'payments-worker' } },
      ]),
    );
    await world.startPortal(ENTITIES);

    expect(await untilPayments()).toEqual(ALONE);
  });

  it('are a guess where a label names them, and the origin another repository', async () => {
    world.argocd.put(
      world.root([
        {
          ...payments,
          origin: originOf('payments'),
          labels: { [NAME]: 'payments' },
        },
      ]),
    );
    await world.startPortal([
      service('payments', {
        'backstage.io/source-location': `url:${GIT}/software-catalog/tree/main/`,
      }),
    ]);

    const { approximate } = await world.untilRow(PAYMENTS);
    expect(approximate?.message).toMatch(
      /labelled with this service's name, but come from acme\/payments.* backstage\.io\/source-location/,
    );
  });
});
