import { InputError } from '@backstage/errors';
import { type FileEdit } from '../layouts/FileEdit';
import { type Hosting, startHosting } from './__testUtils__/startHosting';

const MAIN = 'main';

jest.setTimeout(30_000);

let hosting: Hosting;

beforeAll(async () => {
  hosting = await startHosting();
}, 60_000);

afterAll(() => hosting?.stop(), 30_000);

/** Appends a line to a file. */
function addLine(path: string, line: string): FileEdit {
  return {
    path,
    edit: before =>
      before?.split('\n').includes(line) ? before : `${before ?? ''}${line}\n`,
  };
}

async function open(
  name: string,
  options: { protection?: object; token?: string } = {},
) {
  await hosting.createRepository(
    name,
    { 'list.txt': 'first\n', 'old.txt': 'old\n' },
    options.protection,
  );
  const repository = hosting
    .as(options.token)
    .repository(`${hosting.url}/acme/${name}`);
  return {
    repository,
    async text(path: string) {
      const { sha } = await repository.head(MAIN);
      return (await repository.readFiles(sha, [path]))[path];
    },
  };
}

describe('commit', () => {
  it('writes several files at once, with trailers', async () => {
    const { repository, text } = await open('several');

    const done = await repository.commit({
      branch: MAIN,
      message: 'Register cart',
      trailers: {
        'Registered-by': 'user:default/maya',
        Entity: 'component:default/cart\nRegistered-by: user:default/mallory',
      },
      edits: [
        addLine('list.txt', 'cart'),
        addLine('apps/cart.yaml', 'kind: Application'),
        { path: 'old.txt', edit: () => null },
      ],
    });

    expect(done).toMatchObject({
      outcome: 'committed',
      url: expect.stringMatching(/\/acme\/several\/commit\/[0-9a-f]{40}$/),
      files: [
        { path: 'list.txt', content: 'first\ncart\n' },
        { path: 'apps/cart.yaml', content: 'kind: Application\n' },
        { path: 'old.txt', content: null },
      ],
    });
    expect(await text('list.txt')).toBe('first\ncart\n');
    expect(await text('apps/cart.yaml')).toBe('kind: Application\n');
    expect(await text('old.txt')).toBeNull();
    const { sha } = await repository.head(MAIN);
    expect((await repository.readMessage(sha)).trim()).toBe(
      'Register cart\n\nRegistered-by: user:default/maya\nEntity: component:default/cart Registered-by: user:default/mallory',
    );
  });

  it('writes nothing where nothing changes', async () => {
    const { repository } = await open('same');
    const before = await repository.head(MAIN);

    const done = await repository.commit({
      branch: MAIN,
      message: 'Nothing',
      edits: [addLine('list.txt', 'first')],
    });

    expect(done).toEqual({ outcome: 'unchanged' });
    expect(await repository.head(MAIN)).toEqual(before);
  });

  it('writes nothing where one of the edits refuses', async () => {
    const { repository } = await open('refusing');
    const before = await repository.head(MAIN);

    await expect(
      repository.commit({
        branch: MAIN,
        message: 'Half',
        edits: [
          addLine('list.txt', 'half'),
          {
            path: 'old.txt',
            edit: () => {
              throw new InputError('old.txt is no kustomization');
            },
          },
        ],
      }),
    ).rejects.toThrow('old.txt is no kustomization');

    expect(await repository.head(MAIN)).toEqual(before);
  });

  it('makes the edits again where another process was faster', async () => {
    const { repository, text } = await open('raced');
    const others = hosting.as().repository(repository.url);
    const lines = Array.from({ length: 10 }, (_, index) => `line-${index}`);

    await Promise.all(
      lines.map((line, index) =>
        // Two processes, each with a queue of its own.
        (index % 2 ? repository : others).commit({
          branch: MAIN,
          message: `Add ${line}`,
          edits: [addLine('list.txt', line)],
        }),
      ),
    );

    const written = (await text('list.txt'))?.trimEnd().split('\n') ?? [];
    expect(written.sort()).toEqual(['first', ...lines].sort());
  });

  it('refuses a branch that is protected from the portal', async () => {
    const { repository } = await open('guarded', {
      protection: { required_pull_request_reviews: {} },
    });
    const before = await repository.head(MAIN);

    await expect(
      repository.commit({
        branch: MAIN,
        message: 'Push past',
        edits: [addLine('list.txt', 'x')],
      }),
    ).rejects.toMatchObject({
      name: 'RepositoryRefusedError',
      refusal: 'protected',
      statusCode: 409,
      message: expect.stringContaining('main of acme/guarded is protected'),
    });
    expect(await repository.head(MAIN)).toEqual(before);
  });
});
