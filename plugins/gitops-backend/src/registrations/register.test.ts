import { component, overlay } from './__testUtils__/serviceFiles';
import { type Portal } from './__testUtils__/startPortal';
import { startWorld, type World } from './__testUtils__/startWorld';

const KUSTOMIZATION = 'clusters/dev/argocd/kustomization.yaml';
const MANY = Array.from({ length: 50 }, (_, index) => `svc-${index}`);
const IMAGE = { tag: '1.0.7', digest: `sha256:${'a'.repeat(64)}` };

jest.setTimeout(30_000);

let world: World;
let portal: Portal;

beforeAll(async () => {
  world = await startWorld();
  for (const name of [...MANY, 'cart', 'dry']) {
    await world.createService(name);
  }
  const built = (name: string) => ({
    'deploy/overlays/dev/kustomization.yaml': overlay(name, 'dev', IMAGE),
  });
  await world.createService('built', { files: built('built') });
  await world.createService('guarded', {
    files: built('guarded'),
    protection: { required_pull_request_reviews: {} },
  });
  await world.createService('no-staging', {
    files: { 'deploy/overlays/staging/kustomization.yaml': null },
  });
  await world.createService('odd', {
    files: { 'deploy/overlays/staging/kustomization.yaml': 'images: [' },
  });
  await world.createService('archived');
  await world.git.admin.archiveRepository('acme', 'archived');
  const names = [
    ...MANY,
    ...['cart', 'dry', 'built', 'guarded', 'no-staging', 'odd', 'archived'],
    'gone',
    `a-name-that-is-${'very-'.repeat(8)}long`,
  ];
  portal = await world.portal({
    entities: [
      ...names.map(name => component(name, { url: world.url })),
      component('elsewhere', { url: 'https://git.example.net' }),
      component('homeless', { url: 'nowhere' }),
    ],
  });
}, 120_000);

afterAll(async () => {
  await portal?.stop();
  await world?.stop();
}, 30_000);

async function platformHead(): Promise<string> {
  const { commit } = await world.hosting.ask<{ commit: { sha: string } }>(
    'maya',
    'GET gitops-infra/branches/main',
  );
  return commit.sha;
}

describe('registering by commit', () => {
  it('adds the Application and its entry, and has Argo CD look', async () => {
    const change = await portal.register({
      entityRef: 'component:default/cart',
    });

    expect(change).toMatchObject({
      outcome: 'committed',
      environment: 'dev',
      repository: `${world.url}/acme/gitops-infra`,
      notes: [expect.stringContaining('starts to run there with its first')],
    });
    const text = await world.hosting.text('gitops-infra', KUSTOMIZATION);
    expect(text).toContain('  - apps/cart-dev-dev.yaml\n');
    expect(
      await world.hosting.text(
        'gitops-infra',
        'clusters/dev/argocd/apps/cart-dev-dev.yaml',
      ),
    ).toContain(`repoURL: ${world.url}/acme/cart\n`);
    expect(portal.refreshed).toContainEqual({
      instance: 'main',
      path: 'clusters/dev/argocd',
      repoURL: `${world.url}/acme/gitops-infra`,
    });
  });

  it('names the person in the commit', async () => {
    const { commit } = await world.hosting.ask<{
      commit: { commit: { message: string } };
    }>('maya', 'GET gitops-infra/branches/main');

    expect(commit.commit.message.trim()).toBe(`Register cart in dev

Registered-by: user:default/maya
Entity: component:default/cart
Environment: dev
Service-repository: ${world.url}/acme/cart`);
  });

  it('does nothing the second time', async () => {
    const before = await platformHead();

    const change = await portal.register({
      entityRef: 'component:default/cart',
    });

    expect(change).toMatchObject({ outcome: 'unchanged', files: [] });
    expect(await platformHead()).toBe(before);
  });

  it('tells in a dry run what it would write, and writes nothing', async () => {
    const before = await platformHead();

    const change = await portal.register({
      entityRef: 'component:default/dry',
      dryRun: true,
    });

    expect(change.outcome).toBe('planned');
    expect(change.files).toEqual([
      {
        path: 'clusters/dev/argocd/apps/dry-dev-dev.yaml',
        diff: expect.stringContaining('+  name: dry-dev-dev\n'),
      },
      {
        path: KUSTOMIZATION,
        // Of the other lines nothing: not everybody may read them.
        diff: expect.stringMatching(
          /^@@ -\d+,0 \+\d+,1 @@\n\+ {2}- apps\/dry-dev-dev\.yaml\n$/,
        ),
      },
    ]);
    expect(await platformHead()).toBe(before);
  });

  it('keeps every one of 50 at once', async () => {
    const changes = await Promise.all(
      MANY.map(name =>
        portal.register({ entityRef: `component:default/${name}` }),
      ),
    );

    expect(changes.map(({ outcome }) => outcome)).toEqual(
      MANY.map(() => 'committed'),
    );
    const text = await world.hosting.text('gitops-infra', KUSTOMIZATION);
    const entries = text?.match(/^ *- apps\/svc-\d+-dev-dev\.yaml$/gm);
    expect(entries).toHaveLength(50);
    expect(text).toContain('apps/cart-dev-dev.yaml');
  }, 60_000);
});

describe('the image of an earlier environment', () => {
  it('is written into the overlay that has none yet', async () => {
    const change = await portal.register({
      entityRef: 'component:default/built',
      environment: 'staging',
    });

    expect(change).toMatchObject({
      outcome: 'committed',
      notes: ['staging starts with 1.0.7, as in dev.'],
    });
    expect(
      await world.hosting.text(
        'built',
        'deploy/overlays/staging/kustomization.yaml',
      ),
    ).toBe(overlay('built', 'staging', IMAGE));
  });

  it('is only announced in a dry run', async () => {
    const change = await portal.register({
      entityRef: 'component:default/guarded',
      environment: 'staging',
      dryRun: true,
    });

    expect(change.notes).toEqual([
      'Before, 1.0.7 is written into the overlay of staging, as in dev.',
    ]);
  });

  it('is proposed where main is protected', async () => {
    const change = await portal.register({
      entityRef: 'component:default/guarded',
      environment: 'staging',
    });

    expect(change).toMatchObject({
      outcome: 'committed',
      notes: [
        `main of acme/guarded is protected: somebody has to merge ${world.url}/acme/guarded/pull/1, which lets staging start with 1.0.7, as in dev.`,
      ],
    });
    expect(
      await world.hosting.ask('maya', 'GET guarded/pulls/1'),
    ).toMatchObject({ head: { ref: 'gitops/image/staging/guarded' } });
  });
});

describe('what cannot be registered', () => {
  it.each([
    [
      'an unknown environment',
      { entityRef: 'component:default/cart', environment: 'qa' },
      404,
      'There is no environment qa. Configured are: dev, staging, production.',
    ],
    [
      'an archived repository',
      { entityRef: 'component:default/archived' },
      409,
      'acme/archived is archived',
    ],
    [
      'a missing repository',
      { entityRef: 'component:default/gone' },
      409,
      'There is no repository acme/gone',
    ],
    [
      'a repository without the overlay',
      { entityRef: 'component:default/no-staging', environment: 'staging' },
      400,
      'acme/no-staging has no deploy/overlays/staging/kustomization.yaml',
    ],
    [
      'an overlay that cannot be read',
      { entityRef: 'component:default/odd', environment: 'staging' },
      400,
      'deploy/overlays/staging/kustomization.yaml',
    ],
    [
      'a repository that is not configured',
      { entityRef: 'component:default/elsewhere' },
      403,
      'is not among gitops.serviceRepositories',
    ],
    [
      'an entity without a repository',
      { entityRef: 'component:default/homeless' },
      400,
      'names no repository',
    ],
    [
      "another repository than the entity's",
      {
        entityRef: 'component:default/cart',
        repository: 'http://localhost:1/acme/dry',
      },
      400,
      'according to the catalog, not in the given repository',
    ],
    [
      'a name that is too long',
      {
        entityRef: `component:default/a-name-that-is-${'very-'.repeat(8)}long`,
      },
      400,
      'characters',
    ],
    [
      'what is no entity reference',
      { entityRef: 'component:' },
      400,
      'component:default/cart',
    ],
    [
      'unknown fields',
      { entityRef: 'component:default/cart', path: '../..' },
      400,
      'path',
    ],
  ])('refuses %s', async (...row) => {
    const [, body, status, words] = row;
    const before = await platformHead();

    const answer = await portal.post(body);

    expect(answer.body.error?.message).toContain(words);
    expect(answer.status).toBe(status);
    expect(answer.text).not.toContain('sandbox-callboard');
    expect(await platformHead()).toBe(before);
  });

  it('refuses the anonymous, and plugins that act for nobody', async () => {
    expect((await portal.anonymously()).status).toBe(401);
    expect((await portal.asPlugin()).status).toBe(403);
  });
});
