import { TOKEN } from './__testUtils__/portalConfig';
import { component } from './__testUtils__/serviceFiles';
import { startWorld, type World } from './__testUtils__/startWorld';

const ENVIRONMENT = 'clusters/dev/argocd';
const KUSTOMIZATION = `${ENVIRONMENT}/kustomization.yaml`;
const WELL = 'kind: Kustomization\nresources:\n  - project.yaml\n';

jest.setTimeout(30_000);

let world: World;

beforeAll(async () => {
  world = await startWorld();
  await world.createService('cart');
}, 60_000);

afterAll(() => world?.stop(), 30_000);

afterEach(() => world.git.admin.setFaults([]));

/** A portal with a platform repository of its own. */
async function portalWith(platform: string) {
  return world.portal({
    platform,
    entities: [component('cart', { url: world.url })],
  });
}

describe('a platform repository in trouble', () => {
  it.each([
    ['not-a-kustomization', { [KUSTOMIZATION]: 'kind: Deployment\n' }],
    ['not-yaml', { [KUSTOMIZATION]: 'resources: [\n' }],
    ['without-one', { 'README.md': '# Nothing\n' }],
  ])('that is %s gets a word that names the file', async (name, files) => {
    await world.createRepository({ name, files });
    const portal = await portalWith(name);

    const answer = await portal.post({ entityRef: 'component:default/cart' });

    expect(answer.status).toBe(400);
    expect(answer.body.error.message).toContain(KUSTOMIZATION);
    const list = await portal.list('component:default/cart');
    expect(list.status).toBe(200);
    await portal.stop();
  });

  it('that is protected from the portal is left alone', async () => {
    const name = 'protected';
    await world.createRepository({
      name,
      files: { [KUSTOMIZATION]: WELL },
      protection: { required_pull_request_reviews: {} },
    });
    const portal = await portalWith(name);

    const answer = await portal.post({ entityRef: 'component:default/cart' });

    expect(answer.status).toBe(409);
    expect(answer.body.error).toMatchObject({
      name: 'RepositoryRefusedError',
      refusal: 'protected',
      message: expect.stringContaining('write: pull-request'),
    });
    expect(await world.hosting.text(name, KUSTOMIZATION)).toBe(WELL);
    await portal.stop();
  });

  it('that is archived is left alone', async () => {
    const name = 'archived-platform';
    await world.createRepository({ name, files: { [KUSTOMIZATION]: WELL } });
    await world.git.admin.archiveRepository('acme', name);
    const portal = await portalWith(name);

    const answer = await portal.post({ entityRef: 'component:default/cart' });

    expect(answer.status).toBe(409);
    expect(answer.body.error.refusal).toBe('archived');
    await portal.stop();
  });

  it('that does not exist is named', async () => {
    const portal = await portalWith('nowhere');

    const answer = await portal.post({ entityRef: 'component:default/cart' });

    expect(answer.status).toBe(409);
    expect(answer.body.error.message).toContain(
      'There is no repository acme/nowhere',
    );
    await portal.stop();
  });
});

describe('a Git hosting in trouble', () => {
  it('is told of without its secrets, and as a bad gateway', async () => {
    const portal = await portalWith('gitops-infra');
    world.git.admin.setFaults([{ status: 401 }]);

    const answer = await portal.post({ entityRef: 'component:default/cart' });

    expect(answer.status).toBe(502);
    expect(answer.body.error).toMatchObject({
      name: 'UpstreamError',
      failure: 'unauthorised',
      message: expect.stringContaining('Renew them'),
    });
    expect(answer.body.error.cause).toBeUndefined();
    expect(answer.text).not.toContain(TOKEN);
    expect(answer.text).not.toContain('/api/v3');
    await portal.stop();
  });

  it('leaves environments out of the list, and says why', async () => {
    const portal = await portalWith('gitops-infra');
    world.git.admin.setFaults([{ status: 401 }]);

    const answer = await portal.list('component:default/cart');

    expect(answer.body).toMatchObject({
      items: [],
      sources: [
        { name: 'repository:acme/gitops-infra', state: 'unauthorised' },
      ],
    });
    world.git.admin.setFaults([]);
    const recovered = await portal.list('component:default/cart');
    expect(recovered.body).toMatchObject({
      items: [{ state: 'absent' }, { state: 'absent' }, { state: 'absent' }],
      sources: [{ name: 'repository:acme/gitops-infra', state: 'ok' }],
    });
    await portal.stop();
  });
});
