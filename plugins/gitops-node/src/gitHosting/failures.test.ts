import { serializeError } from '@backstage/errors';
import { type GitHosting } from './GitHosting';
import {
  type Hosting,
  startHosting,
  TOKEN,
} from './__testUtils__/startHosting';

jest.setTimeout(30_000);

let hosting: Hosting;
let client: GitHosting;

beforeAll(async () => {
  hosting = await startHosting();
  await hosting.createRepository('cart', {
    'a.txt': 'a\n',
    'dir/b.txt': 'b\n',
  });
  await hosting.createRepository('archived', { 'a.txt': 'a\n' });
  await hosting.admin.archiveRepository('acme', 'archived');
  client = hosting.as();
}, 60_000);

beforeEach(() => hosting.admin.setFaults([]));

afterAll(() => hosting?.stop(), 30_000);

function open(name: string, from: GitHosting = client) {
  return from.repository(`${hosting.url}/acme/${name}`);
}

async function failureOf(call: Promise<unknown>) {
  const error = await call.then(
    () => undefined,
    thrown => thrown,
  );
  // Everything that would reach a browser.
  return serializeError(error, { includeStack: false });
}

describe('what goes wrong', () => {
  it.each([
    [401, 'unauthorised', 'Renew them under integrations.github'],
    [429, 'limited', 'Try again in a few minutes'],
  ])('%d is %s', async (status, failure, words) => {
    hosting.admin.setFaults([{ status }]);

    const error = await failureOf(open('cart').describe());

    expect(error).toEqual({
      name: 'UpstreamError',
      statusCode: 502,
      failure,
      message: expect.stringContaining(words),
    });
  });

  it('is unreachable where nothing answers, after some tries', async () => {
    hosting.admin.setFaults([{ status: 503 }]);

    const error = await failureOf(open('cart').describe());

    expect(error).toMatchObject({ statusCode: 502, failure: 'unreachable' });
  }, 20_000);

  it('tells no secrets and no addresses', async () => {
    const refused = open('cart', hosting.as('sandbox-nobody-knows'));

    const text = JSON.stringify(await failureOf(refused.describe()));

    expect(text).not.toContain('sandbox-nobody-knows');
    expect(text).not.toContain(TOKEN);
    expect(text).not.toContain('api/v3');
    expect(text).not.toContain('localhost');
  });

  it('names a repository that is not there', async () => {
    expect(await failureOf(open('nowhere').describe())).toMatchObject({
      name: 'RepositoryRefusedError',
      statusCode: 409,
      refusal: 'missing',
      message: expect.stringContaining('acme/nowhere'),
    });
  });

  it('names a branch that is not there', async () => {
    expect(await failureOf(open('cart').head('production'))).toMatchObject({
      refusal: 'empty',
      message: expect.stringContaining('acme/cart has no branch production'),
    });
  });

  it('writes nothing without permission', async () => {
    const reader = open('cart', hosting.as('sandbox-argocd'));
    const before = await reader.head('main');

    const error = await failureOf(
      reader.commit({
        branch: 'main',
        message: 'Try',
        edits: [{ path: 'a.txt', edit: () => 'mine\n' }],
      }),
    );

    expect(error).toMatchObject({ refusal: 'no-permission' });
    expect(await reader.head('main')).toEqual(before);
    expect(await reader.describe()).toMatchObject({ canPush: false });
  });

  it('tells that a repository is archived', async () => {
    expect(await open('archived').describe()).toMatchObject({ archived: true });
  });

  it('does not take a folder for a file', async () => {
    const repository = open('cart');
    const { sha } = await repository.head('main');

    await expect(repository.readFiles(sha, ['dir'])).rejects.toThrow(
      'dir of acme/cart is not a file',
    );
    expect(await repository.readFiles(sha, ['no.txt', 'dir/b.txt'])).toEqual({
      'no.txt': null,
      'dir/b.txt': 'b\n',
    });
  });

  it.each([
    ['ftp://localhost/acme/cart', 'web address'],
    ['https://github.com/acme', 'web address'],
    ['https://x:secret@localhost/acme/cart', 'must not contain credentials'],
    ['https://elsewhere.test/acme/cart', 'no GitHub integration for elsewhere'],
  ])('refuses %s', (url, words) => {
    expect(() => client.repository(url)).toThrow(words);
  });
});
