import { setTimeout as sleep } from 'node:timers/promises';
import { type LiveFinalizer } from './LiveFinalizers';
import { component } from './__testUtils__/serviceFiles';
import { type Portal } from './__testUtils__/startPortal';
import { startWorld, type World } from './__testUtils__/startWorld';

const KUSTOMIZATION = 'clusters/dev/argocd/kustomization.yaml';

jest.setTimeout(30_000);

let world: World;
let portal: Portal;
let live: LiveFinalizer;

beforeAll(async () => {
  world = await startWorld();
  const names = ['cart', 'kept', 'proposed', 'never'];
  for (const name of names) {
    await world.createService(name);
  }
  portal = await world.portal({
    entities: names.map(name => component(name, { url: world.url })),
    live: () => live,
  });
}, 60_000);

beforeEach(() => {
  live = 'gone';
});

afterAll(async () => {
  await portal?.stop();
  await world?.stop();
}, 30_000);

function remove(name: string, more: Record<string, string> = {}) {
  return portal.remove({
    entityRef: `component:default/${name}`,
    environment: 'dev',
    workloads: 'delete',
    ...more,
  });
}

function applicationOf(name: string, environment = 'dev', cluster = 'dev') {
  return world.hosting.text(
    'gitops-infra',
    `clusters/${environment}/argocd/apps/${name}-${environment}-${cluster}.yaml`,
  );
}

describe('deregistering by commit', () => {
  it('gives back the bytes from before, and says what is deleted', async () => {
    const before = await world.hosting.text('gitops-infra', KUSTOMIZATION);
    await portal.register({ entityRef: 'component:default/cart' });

    const answer = await remove('cart');

    expect(answer.body).toMatchObject({
      outcome: 'committed',
      notes: [expect.stringContaining('Argo CD deletes everything')],
    });
    expect(await world.hosting.text('gitops-infra', KUSTOMIZATION)).toBe(
      before,
    );
    expect(await applicationOf('cart')).toBeUndefined();
  });

  it('does nothing where there is nothing', async () => {
    expect((await remove('never')).body).toMatchObject({
      outcome: 'unchanged',
      notes: [],
    });
  });

  it('writes nothing in a dry run', async () => {
    await portal.register({ entityRef: 'component:default/cart' });

    const answer = await remove('cart', { dryRun: 'true' });

    expect(answer.body).toMatchObject({ outcome: 'planned' });
    expect(answer.body.files).toEqual([
      {
        path: 'clusters/dev/argocd/kustomization.yaml',
        diff: expect.stringMatching(
          /^@@ -\d+,1 \+\d+,0 @@\n- {2}- apps\/cart-dev-dev\.yaml\n$/,
        ),
      },
      {
        path: 'clusters/dev/argocd/apps/cart-dev-dev.yaml',
        diff: expect.stringMatching(/^@@ -1,\d+ \+0,0 @@\n(-.*\n)+$/),
      },
    ]);
    expect(await applicationOf('cart')).toBeDefined();
  });

  it('takes the finalizer away first where workloads stay, and waits for Argo CD', async () => {
    await portal.register({ entityRef: 'component:default/kept' });
    live = 'present';

    const removal = remove('kept', { workloads: 'keep' }).then(
      answer => answer,
    );
    while ((await applicationOf('kept'))?.includes('finalizers')) {
      await sleep(50);
    }
    // The Application must not go while Argo CD would prune with it.
    expect(await applicationOf('kept')).toContain('kind: Application');
    live = 'absent';

    expect((await removal).body).toMatchObject({
      outcome: 'committed',
      notes: [expect.stringContaining('keep running')],
    });
    expect(await applicationOf('kept')).toBeUndefined();
  }, 30_000);

  it('leaves the registration where nothing is known of the finalizer', async () => {
    await portal.register({ entityRef: 'component:default/kept' });
    live = 'unknown';
    await world.hosting.ask('callboard', 'GET gitops-infra');
    // As after a first try that was given up.
    const path = 'clusters/dev/argocd/apps/kept-dev-dev.yaml';
    const text = await applicationOf('kept');
    const file = await world.hosting.ask<{ sha: string }>(
      'callboard',
      `GET gitops-infra/contents/${path}`,
    );
    await world.hosting.ask('callboard', `PUT gitops-infra/contents/${path}`, {
      message: 'Without finalizer',
      sha: file.sha,
      content: Buffer.from(
        (text ?? '').replace(/ {2}finalizers:\n.*\n/, ''),
      ).toString('base64'),
    });

    const answer = await remove('kept', { workloads: 'keep' });

    expect(answer.body).toMatchObject({
      outcome: 'unchanged',
      notes: [
        expect.stringContaining('keep running'),
        expect.stringContaining('run this again'),
      ],
    });
    expect(await applicationOf('kept')).toBeDefined();
  });

  it.each([
    ['no workloads', { workloads: '' }],
    ['other workloads', { workloads: 'some' }],
    ['a cluster', { cluster: 'dev' }],
  ])('refuses a query with %s', async (_, query) => {
    expect((await remove('cart', query)).status).toBe(400);
  });
});

describe('deregistering what is only proposed', () => {
  it('closes its pull request', async () => {
    const entityRef = 'component:default/never';
    const environment = 'production';
    const { pullRequest } = await portal.register({ entityRef, environment });

    const answer = await portal.remove({
      entityRef,
      environment,
      workloads: 'delete',
    });

    expect(answer.body).toMatchObject({
      outcome: 'unchanged',
      notes: [`The open pull request ${pullRequest?.url} was closed.`],
    });
    expect((await portal.list(entityRef)).body.items[2]).toMatchObject({
      state: 'absent',
    });
  });
});

describe('deregistering by pull request', () => {
  it('proposes it, and tells so until it is merged', async () => {
    const entityRef = 'component:default/proposed';
    const environment = 'production';
    const { pullRequest } = await portal.register({ entityRef, environment });
    await world.hosting.merge(pullRequest?.number ?? 0);

    const answer = await portal.remove({
      entityRef,
      environment,
      workloads: 'delete',
    });

    expect(answer.body).toMatchObject({
      outcome: 'proposed',
      pullRequest: {
        title: 'Deregister proposed in production',
        waitsFor: '1 approving review',
      },
    });
    const list = await portal.list(entityRef);
    expect(list.body.items[2]).toMatchObject({
      state: 'removing',
      clusters: ['prod-eu1', 'prod-us1'],
      pullRequest: { number: answer.body.pullRequest.number },
    });
    expect(await portal.register({ entityRef, environment })).toMatchObject({
      outcome: 'unchanged',
      notes: expect.arrayContaining([
        expect.stringContaining(answer.body.pullRequest.url),
      ]),
    });
    await world.hosting.merge(answer.body.pullRequest.number);
    expect(
      await applicationOf('proposed', 'production', 'prod-eu1'),
    ).toBeUndefined();
  });
});
