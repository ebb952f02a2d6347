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

function proposalOf(edits: FileEdit[] = [ADD_CART]) {
  return {
    base: 'main',
    branch: BRANCH,
    edits,
    title: 'Register cart',
    message: 'Register cart',
    trailers: { Entity: 'component:default/cart' },
    body: 'Cart.',
  };
}

function propose(edits?: FileEdit[]) {
  return repository.propose(proposalOf(edits));
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

describe("a proposal's branch that somebody else wrote to", () => {
  let own: HostedRepository;
  let name: string;
  let count = 0;

  beforeEach(async () => {
    count += 1;
    name = `shared-${count}`;
    await hosting.createRepository(name, { 'list.txt': 'first\n' });
    own = hosting.as().repository(`${hosting.url}/acme/${name}`);
  });

  async function opened() {
    const done = await own.propose(proposalOf());
    if (done.outcome === 'unchanged') {
      throw new TypeError('Nothing was opened');
    }
    return done.pullRequest;
  }

  async function mainMoves() {
    await own.commit({
      branch: 'main',
      message: 'Be faster',
      edits: [{ path: 'list.txt', edit: text => `${text}search\n` }],
    });
  }

  function push(path: string, more: object = {}) {
    return hosting.act('jonas', `PUT ${name}/contents/${path}`, {
      message: `Write ${path}`,
      content: Buffer.from('By hand\n').toString('base64'),
      branch: BRANCH,
      ...more,
    });
  }

  it('is left alone, and the pull request is named', async () => {
    const { url, number } = await opened();
    await push('notes.txt');
    await mainMoves();
    const { head } = await own.readPullRequest(number);

    await expect(own.propose(proposalOf())).rejects.toMatchObject({
      refusal: 'not-ours',
      message: expect.stringContaining(url),
    });
    const open = await own.readPullRequest(number);
    await expect(own.redo(proposalOf(), open)).rejects.toMatchObject({
      refusal: 'not-ours',
    });
    expect(await own.readPullRequest(number)).toMatchObject({
      head,
      open: true,
    });
  });

  it('is left alone where our own commit was amended', async () => {
    const { number, head } = await opened();
    await hosting.amend(name, BRANCH, { 'list.txt': 'first\ncart # ours\n' });
    await mainMoves();

    await expect(own.propose(proposalOf())).rejects.toMatchObject({
      refusal: 'not-ours',
    });
    expect((await own.readPullRequest(number)).head).not.toBe(head);
    expect(await hosting.text(name, BRANCH, 'list.txt')).toContain('# ours');
  });

  it('is made anew where only the base was merged into it', async () => {
    const { number } = await opened();
    await own.commit({
      branch: 'main',
      message: 'Elsewhere',
      edits: [{ path: 'other.txt', edit: () => 'other\n' }],
    });
    await hosting.act('jonas', `PUT ${name}/pulls/${number}/update-branch`, {});
    await mainMoves();

    expect(await own.propose(proposalOf())).toMatchObject({
      outcome: 'redone',
      pullRequest: { number, mergeable: true },
    });
  });

  it('is made anew where the proposal itself has become another', async () => {
    const { number } = await opened();
    const other: FileEdit = {
      path: 'list.txt',
      edit: before => `${before}cart v2\n`,
    };

    expect(await own.propose(proposalOf([other]))).toMatchObject({
      outcome: 'redone',
      pullRequest: { number },
    });
  });

  it('is not moved from where it was not looked at', async () => {
    const open = await opened();
    await mainMoves();
    await push('notes.txt');

    expect(await own.redo(proposalOf(), open)).toEqual({ outcome: 'moved' });
    expect(await hosting.text(name, BRANCH, 'notes.txt')).toBe('By hand\n');
  });

  it('is free again when its pull request was closed', async () => {
    const { number } = await opened();
    await push('notes.txt');
    await own.close(number);

    expect(await own.propose(proposalOf())).toMatchObject({
      outcome: 'opened',
    });
  });

  it('is not free where somebody went on after that', async () => {
    const { number } = await opened();
    await own.close(number);
    await push('notes.txt');

    await expect(own.propose(proposalOf())).rejects.toMatchObject({
      refusal: 'not-ours',
      message: expect.stringContaining(BRANCH),
    });
    expect(await hosting.text(name, BRANCH, 'notes.txt')).toBe('By hand\n');
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
