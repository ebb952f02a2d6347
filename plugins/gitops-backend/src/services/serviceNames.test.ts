import { mockCredentials } from '@backstage/backend-test-utils';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { argocdBlock, gitopsBlock } from '../__testUtils__/environments';
import { type Gitops, startGitops } from '../__testUtils__/startGitops';
import {
  startWorld,
  type World,
} from '../registrations/__testUtils__/startWorld';

const TOKEN = 'sandbox-callboard';

let world: World;
let gitops: Gitops | undefined;

beforeAll(async () => {
  world = await startWorld();
  await world.createService('cart');
}, 60_000);

afterEach(async () => {
  world.git.admin.setFaults([]);
  await gitops?.stop();
  gitops = undefined;
});

afterAll(async () => {
  await world?.stop();
}, 30_000);

async function start(
  options: {
    newRepositories?: object | null;
    permission?: AuthorizeResult.ALLOW | AuthorizeResult.DENY;
  } = {},
): Promise<Gitops['get']> {
  const { url } = world;
  const {
    newRepositories = { url: `${url}/acme`, registry: 'ghcr.io/acme' },
    permission,
  } = options;
  gitops = await startGitops({
    config: {
      integrations: {
        github: [
          {
            host: new URL(url).host,
            apiBaseUrl: `${url}/api/v3`,
            token: TOKEN,
          },
        ],
      },
      gitops: { ...gitopsBlock, ...(newRepositories && { newRepositories }) },
      argocd: argocdBlock('http://localhost:1', 'x'),
    },
    permission,
  });
  return gitops.get;
}

describe('GET /v1/services/:name', () => {
  it('tells that a repository exists, and nothing else about it', async () => {
    const get = await start();

    const { body } = await get('/v1/services/cart').expect(200);

    expect(body).toEqual({
      name: 'cart',
      repository: { url: `${world.url}/acme/cart`, exists: true },
    });
  });

  it('tells where a repository would be that does not exist', async () => {
    const get = await start();

    const { body } = await get('/v1/services/hello').expect(200);

    expect(body).toEqual({
      name: 'hello',
      repository: { url: `${world.url}/acme/hello`, exists: false },
    });
  });

  it.each(['Cart', 'a--', '..%2Fother%2Fcart', 'cart%3Fx', 'x'.repeat(64)])(
    'refuses the name %s',
    async name => {
      const get = await start();

      const { body } = await get(`/v1/services/${name}`).expect(400);

      expect(body.error.message).toMatch(/letter first, 63 at most/);
    },
  );

  it.each([
    ['nobody', mockCredentials.none.header(), 401],
    ['a service', mockCredentials.service.header(), 403],
  ])('does not answer %s', async (_, header, status) => {
    const get = await start();

    const answer = await get('/v1/services/cart', header);

    expect(answer.status).toBe(status);
  });

  it('does not answer people who may register nothing', async () => {
    const get = await start({ permission: AuthorizeResult.DENY });

    const { body } = await get('/v1/services/cart').expect(403);

    expect(body.error.message).toContain('gitops.registration.create');
  });

  it('is an error, not a free name, where the Git hosting does not say', async () => {
    const get = await start();
    world.git.admin.setFaults([{ status: 401 }]);

    const { body, text } = await get('/v1/services/cart').expect(502);

    expect(body.error.name).toBe('UpstreamError');
    expect(text).not.toContain(TOKEN);
  });

  it('says what is missing where nobody has said where new services go', async () => {
    const get = await start({ newRepositories: null });

    const { body } = await get('/v1/services/cart').expect(503);

    expect(body.error.message).toContain('gitops.newRepositories');
  });
});

describe('GET /v1/environments', () => {
  it('tells where new repositories go', async () => {
    const get = await start();

    const { body } = await get('/v1/environments').expect(200);

    expect(body.newRepositories).toEqual({ url: `${world.url}/acme` });
  });
});
