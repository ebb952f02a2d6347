import { type FileEdit } from '../layouts/FileEdit';
import { type HostedRepository } from './GitHosting';
import { type Hosting, startHosting } from './__testUtils__/startHosting';

const BRANCH = 'gitops/register/production/cart';
const ADD_CART: FileEdit = {
  path: 'list.txt',
  edit: before => (before?.includes('cart') ? before : `${before ?? ''}cart\n`),
};

jest.setTimeout(30_000);

let hosting: Hosting;
let repository: HostedRepository;

beforeAll(async () => {
  hosting = await startHosting();
  await hosting.createRepository('proposals', { 'list.txt': 'first\n' });
  repository = hosting.as().repository(`${hosting.url}/acme/proposals`);
}, 60_000);

afterAll(() => hosting?.stop(), 30_000);

function propose(edits: FileEdit[] = [ADD_CART]) {
  return repository.propose({
    base: 'main',
    branch: BRANCH,
    edits,
    title: 'Register cart',
    message: 'Register cart',
    trailers: { Entity: 'component:default/cart' },
    body: 'Cart.',
  });
}

describe('propose', () => {
  it('opens a pull request once', async () => {
    const [first, second] = await Promise.all([propose(), propose()]);

    expect([first.outcome, second.outcome].sort()).toEqual(['open', 'opened']);
    const open = await repository.listPullRequests({
      base: 'main',
      prefix: 'gitops/',
    });
    expect(open).toMatchObject([
      { branch: BRANCH, title: 'Register cart', draft: false },
    ]);
    expect(
      await repository.readPullRequest(open[0]?.number ?? 0),
    ).toMatchObject({ mergeable: true });
  });

  it('makes the branch again where it no longer merges, and keeps the number', async () => {
    const [before] = await repository.listPullRequests({
      base: 'main',
      prefix: 'gitops/',
    });
    await repository.commit({
      branch: 'main',
      message: 'Be faster',
      edits: [{ path: 'list.txt', edit: text => `${text}search\n` }],
    });

    const done = await propose();

    expect(done).toMatchObject({
      outcome: 'redone',
      pullRequest: { number: before?.number, mergeable: true },
      files: [{ path: 'list.txt', content: 'first\nsearch\ncart\n' }],
    });
  });

  it('tells where there is nothing to propose', async () => {
    const done = await propose([{ path: 'list.txt', edit: text => text }]);

    expect(done).toEqual({ outcome: 'unchanged' });
  });

  it('tells who approved and who wants changes, by their last word', async () => {
    const [pull] = await repository.listPullRequests({
      base: 'main',
      prefix: 'gitops/',
    });
    const number = pull?.number ?? 0;
    const review = (login: string, event: string) =>
      hosting.act(login, `POST proposals/pulls/${number}/reviews`, {
        event,
        body: event,
      });
    await review('jonas', 'REQUEST_CHANGES');
    await review('jonas', 'APPROVE');
    await review('jonas', 'COMMENT');
    await review('aiko', 'APPROVE');
    await review('aiko', 'REQUEST_CHANGES');

    expect(await repository.readReviews(number)).toEqual({
      approvedBy: ['jonas'],
      changesRequestedBy: ['aiko'],
    });
  });

  it('closes one with a word', async () => {
    const [pull] = await repository.listPullRequests({
      base: 'main',
      prefix: 'gitops/',
    });
    const number = pull?.number ?? 0;

    await repository.comment(number, 'Not needed.');
    await repository.close(number);

    expect(
      await repository.listPullRequests({ base: 'main', prefix: 'gitops/' }),
    ).toEqual([]);
  });
});

describe('readProtection', () => {
  it('tells the rules of a branch', async () => {
    await hosting.createRepository(
      'ruled',
      { 'README.md': '# Ruled\n' },
      {
        required_pull_request_reviews: {
          required_approving_review_count: 2,
          require_code_owner_reviews: true,
          dismiss_stale_reviews: true,
        },
      },
    );
    const ruled = hosting.as().repository(`${hosting.url}/acme/ruled`);

    expect(await ruled.readProtection('main')).toEqual({
      known: true,
      approvals: 2,
      byCodeOwners: true,
      dismissesApprovals: true,
    });
    expect(await repository.readProtection('main')).toMatchObject({
      known: true,
      approvals: 0,
    });
  });
});
