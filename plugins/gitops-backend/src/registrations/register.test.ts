import { component } from './__testUtils__/serviceFiles';
import {
  type Portal,
  startWorld,
  type World,
} from './__testUtils__/startWorld';

const KUSTOMIZATION = 'clusters/dev/argocd/kustomization.yaml';

let world: World;
let portal: Portal;

beforeAll(async () => {
  world = await startWorld();
  const names = Array.from({ length: 50 }, (_, index) => `svc-${index}`);
  await Promise.all([...names, 'cart'].map(name => world.createService(name)));
  portal = await world.portal({
    entities: [...names, 'cart'].map(name =>
      component(name, { url: world.url }),
    ),
  });
}, 120_000);

afterAll(async () => {
  await portal?.stop();
  await world?.stop();
});

describe('registering by commit', () => {
  it('adds the Application and its entry, and has Argo CD look', async () => {
    const change = await portal.register({
      entityRef: 'component:default/cart',
    });

    expect(change).toMatchObject({
      outcome: 'committed',
      environment: 'dev',
      repository: `${world.url}/acme/gitops-infra`,
      commit: { url: expect.stringContaining('/acme/gitops-infra/commit/') },
    });
    const text = await world.hosting.text('gitops-infra', KUSTOMIZATION);
    expect(text).toContain('  - apps/cart-dev-dev.yaml\n');
    expect(portal.refreshed).toContainEqual({
      instance: 'main',
      path: 'clusters/dev/argocd',
      repoURL: `${world.url}/acme/gitops-infra`,
    });
  });

  it('keeps every one of 50 at once', async () => {
    const names = Array.from({ length: 50 }, (_, index) => `svc-${index}`);
    const begun = Date.now();

    const changes = await Promise.all(
      names.map(name =>
        portal.register({ entityRef: `component:default/${name}` }),
      ),
    );

    const seconds = (Date.now() - begun) / 1000;
    process.stdout.write(`50 registrations by commit: ${seconds} s\n`);
    expect(changes.map(({ outcome }) => outcome)).toEqual(
      names.map(() => 'committed'),
    );
    const text = await world.hosting.text('gitops-infra', KUSTOMIZATION);
    for (const name of names) {
      expect(text).toContain(`- apps/${name}-dev-dev.yaml\n`);
    }
  }, 60_000);
});
