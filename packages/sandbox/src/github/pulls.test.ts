import { type Octokit } from '@octokit/rest';
import { checkedOctokit } from './__testUtils__/checkedOctokit';
import { GithubContract } from './__testUtils__/githubContract';
import {
  startTestHosting,
  type TestHosting,
} from './__testUtils__/testHosting';

const infra = { owner: 'acme', repo: 'infra' };
const path = 'apps/kustomization.yaml';
const contract = new GithubContract();
const violations: string[] = [];
let world: TestHosting;
let maya: Octokit;
let tom: Octokit;
let callboard: Octokit;
let reader: Octokit;

beforeAll(async () => {
  world = await startTestHosting();
  const { url } = world.hosting;
  const as = (login: string) =>
    checkedOctokit({ url, contract, violations, token: `sandbox-${login}` });
  [maya, tom] = [as('maya'), as('tom')];
  [callboard, reader] = [as('callboard'), as('reader')];
});

afterAll(() => world.remove());

afterEach(() => {
  // eslint-disable-next-line jest/no-standalone-expect
  expect(violations.splice(0)).toEqual([]);
});

async function tip(branch: string): Promise<string> {
  const { data } = await maya.git.getRef({ ...infra, ref: `heads/${branch}` });
  return data.object.sha;
}

async function textOf(ref: string): Promise<string> {
  const mediaType = { format: 'raw' };
  const { data } = await maya.repos.getContent({
    ...infra,
    path,
    ref,
    mediaType,
  });
  return data as unknown as string;
}

/** A commit on top of another that puts a text into the one file. */
async function commit(parent: string, content: string): Promise<string> {
  const { data: tree } = await maya.git.createTree({
    ...infra,
    base_tree: parent,
    tree: [{ path, mode: '100644', type: 'blob', content }],
  });
  const message = 'Change the list\n\nRequested-by: user:default/maya';
  const { data } = await maya.git.createCommit({
    ...infra,
    message,
    tree: tree.sha,
    parents: [parent],
  });
  return data.sha;
}

async function openPull(branch: string, text: string): Promise<number> {
  const sha = await commit(await tip('main'), text);
  await maya.git.createRef({ ...infra, ref: `refs/heads/${branch}`, sha });
  const { data } = await maya.pulls.create({
    ...infra,
    title: `Propose ${branch}`,
    head: branch,
    base: 'main',
  });
  return data.number;
}

async function appended(line: string): Promise<string> {
  return `${await textOf('main')}  - ${line}\n`;
}

async function stateOf(pull_number: number) {
  const { data } = await maya.pulls.get({ ...infra, pull_number });
  const { mergeable, mergeable_state: state, merged } = data;
  return { mergeable, state, merged };
}

describe('a branch that needs reviews', () => {
  it('refuses to be moved directly, in the words of each call', async () => {
    const sha = await commit(await tip('main'), 'resources: []\n');
    const move = maya.git.updateRef({ ...infra, ref: 'heads/main', sha });
    await expect(move).rejects.toMatchObject({
      status: 422,
      message: expect.stringMatching(/must be made through a pull request/),
    });
    const write = maya.repos.createOrUpdateFileContents({
      ...infra,
      path: 'new.txt',
      message: 'New',
      content: '',
    });
    await expect(write).rejects.toMatchObject({ status: 409 });
  });

  it('lets the accounts through that are allowed to', async () => {
    const before = await tip('main');
    const sha = await commit(before, await appended('direct.yaml'));
    await callboard.git.updateRef({ ...infra, ref: 'heads/main', sha });
    expect(await tip('main')).toBe(sha);

    const sibling = await commit(before, 'resources: []\n');
    const request = { ...infra, ref: 'heads/main', sha: sibling };
    await expect(callboard.git.updateRef(request)).rejects.toMatchObject({
      status: 422,
      message: expect.stringMatching(/not a fast forward/),
    });
  });

  it('takes a merge once somebody else has approved', async () => {
    const pull_number = await openPull('good', await appended('good.yaml'));
    const at = { ...infra, pull_number };
    expect(await stateOf(pull_number)).toEqual({
      mergeable: true,
      state: 'blocked',
      merged: false,
    });
    await expect(tom.pulls.merge(at)).rejects.toMatchObject({
      status: 405,
      message: expect.stringMatching(/At least 1 approving review is required/),
    });
    const own = maya.pulls.createReview({ ...at, event: 'APPROVE' });
    await expect(own).rejects.toMatchObject({
      status: 422,
      message: expect.stringMatching(/Can not approve your own pull request/),
    });
    await reader.pulls.createReview({ ...at, event: 'APPROVE' });
    expect(await stateOf(pull_number)).toMatchObject({ state: 'blocked' });

    await tom.pulls.createReview({ ...at, event: 'APPROVE' });
    expect(await stateOf(pull_number)).toMatchObject({ state: 'clean' });
    const stale = { ...at, sha: await tip('main') };
    await expect(tom.pulls.merge(stale)).rejects.toMatchObject({ status: 409 });
    const { data: merged } = await tom.pulls.merge(at);

    expect(await tip('main')).toBe(merged.sha);
    expect(await textOf('main')).toContain('good.yaml');
    const { data } = await maya.repos.getCommit({ ...infra, ref: merged.sha });
    expect(data.parents).toHaveLength(2);
    await expect(tom.pulls.merge(at)).rejects.toMatchObject({ status: 405 });
  });

  it('keeps approvals when the branch moves on, unless told otherwise', async () => {
    const pull_number = await openPull('moving', await appended('one.yaml'));
    const at = { ...infra, pull_number };
    await tom.pulls.createReview({ ...at, event: 'APPROVE' });
    const move = async (line: string) => {
      const sha = await commit(await tip('main'), await appended(line));
      const ref = 'heads/moving';
      await maya.git.updateRef({ ...infra, ref, sha, force: true });
    };
    await move('two.yaml');
    expect(await stateOf(pull_number)).toMatchObject({ state: 'clean' });

    const rules = {
      required_status_checks: null,
      enforce_admins: true,
      restrictions: null,
    };
    const reviews = {
      required_approving_review_count: 1,
      bypass_pull_request_allowances: { users: ['callboard'] },
    };
    const protect = (dismiss_stale_reviews: boolean) =>
      maya.repos.updateBranchProtection({
        ...infra,
        branch: 'main',
        ...rules,
        required_pull_request_reviews: { ...reviews, dismiss_stale_reviews },
      });
    await protect(true);
    await move('three.yaml');
    expect(await stateOf(pull_number)).toMatchObject({ state: 'blocked' });
    await protect(false);
    await maya.pulls.update({ ...at, state: 'closed' });
  });

  it('waits while somebody asks for changes', async () => {
    const pull_number = await openPull('disputed', await appended('bad.yaml'));
    const at = { ...infra, pull_number };
    await tom.pulls.createReview({ ...at, event: 'APPROVE' });
    const no = { event: 'REQUEST_CHANGES' as const, body: 'No' };
    await callboard.pulls.createReview({ ...at, ...no });
    expect(await stateOf(pull_number)).toMatchObject({ state: 'blocked' });
    await callboard.pulls.createReview({ ...at, event: 'APPROVE' });
    expect(await stateOf(pull_number)).toMatchObject({ state: 'clean' });
  });
});

describe('pull requests', () => {
  it('conflict where both sides changed the same lines', async () => {
    const pull_number = await openPull('mine', 'resources:\n  - mine.yaml\n');
    const other = await commit(
      await tip('main'),
      'resources:\n  - other.yaml\n',
    );
    await callboard.git.updateRef({ ...infra, ref: 'heads/main', sha: other });
    expect(await stateOf(pull_number)).toMatchObject({
      mergeable: false,
      state: 'dirty',
    });
    const at = { ...infra, pull_number };
    await tom.pulls.createReview({ ...at, event: 'APPROVE' });
    await expect(tom.pulls.merge(at)).rejects.toMatchObject({ status: 405 });
    await expect(maya.pulls.updateBranch(at)).rejects.toMatchObject({
      status: 422,
    });

    const again = await commit(await tip('main'), await appended('mine.yaml'));
    const ref = 'heads/mine';
    await maya.git.updateRef({ ...infra, ref, sha: again, force: true });
    expect(await stateOf(pull_number)).toMatchObject({ state: 'clean' });
  });

  it('squash to one commit that keeps the words of its only one', async () => {
    const pull_number = await openPull('squashed', await appended('s.yaml'));
    const at = { ...infra, pull_number };
    await tom.pulls.createReview({ ...at, event: 'APPROVE' });
    const { data } = await tom.pulls.merge({ ...at, merge_method: 'squash' });
    const { data: found } = await maya.git.getCommit({
      ...infra,
      commit_sha: data.sha,
    });
    expect(found.parents).toHaveLength(1);
    expect(found.message).toBe(
      `Change the list (#${pull_number})\n\nRequested-by: user:default/maya`,
    );
  });

  it('are one per branch, need a difference and are found by their branch', async () => {
    const head = 'only';
    const pull_number = await openPull(head, await appended('only.yaml'));
    const again = { ...infra, title: 'Again', head, base: 'main' };
    await expect(maya.pulls.create(again)).rejects.toMatchObject({
      status: 422,
      message: expect.stringMatching(/already exists for acme:only/),
    });
    const sha = await tip('main');
    await maya.git.createRef({ ...infra, ref: 'refs/heads/same', sha });
    const same = { ...infra, title: 'Same', head: 'same', base: 'main' };
    await expect(maya.pulls.create(same)).rejects.toMatchObject({
      status: 422,
      message: expect.stringMatching(/No commits between main and same/),
    });
    const { data } = await maya.pulls.list({ ...infra, head: `acme:${head}` });
    expect(data.map(({ number }) => number)).toEqual([pull_number]);
  });

  it('come from forks, whose branches are their own', async () => {
    const { data: fork } = await maya.repos.createFork(infra);
    expect(fork).toMatchObject({ full_name: 'maya/infra', fork: true });
    const ref = 'refs/heads/only';
    const theirs = { owner: 'maya', repo: 'infra' };
    const { data: written } = await maya.repos.createOrUpdateFileContents({
      ...theirs,
      path: 'fork.txt',
      message: 'Elsewhere',
      content: '',
    });
    const sha = written.commit.sha ?? '';
    await maya.git.updateRef({
      ...theirs,
      ref: ref.slice(5),
      sha,
      force: true,
    });

    const { data } = await maya.pulls.create({
      ...infra,
      title: 'From a fork',
      head: 'maya:only',
      base: 'main',
    });

    const { number: pull_number } = data;
    expect(data.head).toMatchObject({
      label: 'maya:only',
      sha,
      repo: { full_name: 'maya/infra' },
    });
    expect(data.base.repo.full_name).toBe('acme/infra');
    const files = await maya.pulls.listFiles({ ...infra, pull_number });
    expect(files.data.map(({ filename }) => filename)).toEqual(['fork.txt']);
    const found = await maya.pulls.list({ ...infra, head: 'maya:only' });
    expect(found.data.map(({ number }) => number)).toEqual([pull_number]);
    // The branch of the same name is another one.
    await maya.git.deleteRef({ ...infra, ref: 'heads/only' });
    expect(await stateOf(pull_number)).toMatchObject({ mergeable: true });
    await maya.pulls.update({ ...infra, pull_number, state: 'closed' });
  });

  it('close with their branch and stay readable', async () => {
    const pull_number = await openPull('gone', await appended('gone.yaml'));
    await maya.git.deleteRef({ ...infra, ref: 'heads/gone' });
    const { data } = await maya.pulls.get({ ...infra, pull_number });
    expect(data).toMatchObject({ state: 'closed', merged: false });
    const files = await maya.pulls.listFiles({ ...infra, pull_number });
    expect(files.data[0]?.patch).toContain('+  - gone.yaml');
  });

  it('count as merged when their commits arrive in the base otherwise', async () => {
    const pull_number = await openPull('pushed', await appended('pushed.yaml'));
    const sha = await tip('pushed');
    await callboard.git.updateRef({ ...infra, ref: 'heads/main', sha });
    expect(await stateOf(pull_number)).toMatchObject({ merged: true });
  });

  it('wait for required checks', async () => {
    const branch = 'main';
    await maya.repos.updateBranchProtection({
      ...infra,
      branch,
      required_status_checks: { strict: false, contexts: ['ci'] },
      enforce_admins: null,
      required_pull_request_reviews: null,
      restrictions: null,
    });
    const pull_number = await openPull('checked', await appended('c.yaml'));
    const sha = await tip('checked');
    expect(await stateOf(pull_number)).toMatchObject({ state: 'blocked' });
    const report = (state: 'failure' | 'success') =>
      maya.repos.createCommitStatus({ ...infra, sha, context: 'ci', state });
    await report('failure');
    const merge = tom.pulls.merge({ ...infra, pull_number });
    await expect(merge).rejects.toMatchObject({
      message: expect.stringMatching(/Required status check "ci" is failing/),
    });
    await report('success');
    expect(await stateOf(pull_number)).toMatchObject({ state: 'clean' });
  });
});
