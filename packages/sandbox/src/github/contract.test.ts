import { type Octokit } from '@octokit/rest';
import operations from '../../contract/operations.json';
import { type Site } from './Site';
import { checkedOctokit } from './__testUtils__/checkedOctokit';
import { GithubContract } from './__testUtils__/githubContract';
import {
  startTestHosting,
  type TestHosting,
} from './__testUtils__/testHosting';
import { restRoutes } from './rest/routes';

const hello = { owner: 'acme', repo: 'hello' };
const contract = new GithubContract();
const violations: string[] = [];
let world: TestHosting;
let maya: Octokit;
let tom: Octokit;

beforeAll(async () => {
  world = await startTestHosting();
  const { url } = world.hosting;
  const options = { url, contract, violations };
  maya = checkedOctokit({ ...options, token: 'sandbox-maya' });
  tom = checkedOctokit({ ...options, token: 'sandbox-tom' });
});

afterAll(() => world.remove());

beforeEach(() => {
  violations.length = 0;
});

/** A new branch of hello with one changed file. */
async function branchWith(branch: string, path: string): Promise<string> {
  const { data: main } = await maya.git.getRef({ ...hello, ref: 'heads/main' });
  const { data: tree } = await maya.git.createTree({
    ...hello,
    base_tree: main.object.sha,
    tree: [{ path, mode: '100644', type: 'blob', content: `${branch}\n` }],
  });
  const { data: commit } = await maya.git.createCommit({
    ...hello,
    message: `Change ${path}`,
    tree: tree.sha,
    parents: [main.object.sha],
  });
  const ref = `refs/heads/${branch}`;
  await maya.git.createRef({ ...hello, ref, sha: commit.sha });
  return commit.sha;
}

describe('answers have the form that GitHub describes', () => {
  it('for accounts', async () => {
    await maya.users.getAuthenticated();
    await maya.users.getByUsername({ username: 'tom' });
    await maya.users.getByUsername({ username: 'acme' });
    await maya.orgs.listForAuthenticatedUser();
    await maya.orgs.get({ org: 'acme' });
    await maya.orgs.listMembers({ org: 'acme' });
    await maya.teams.list({ org: 'acme' });
    const shop = { org: 'acme', team_slug: 'shop' };
    await maya.teams.getByName(shop);
    await maya.teams.listMembersInOrg(shop);
    await maya.teams.addOrUpdateRepoPermissionsInOrg({ ...shop, ...hello });
    const username = 'tom';
    await maya.repos.checkCollaborator({ ...hello, username });
    await maya.repos.addCollaborator({ ...hello, username });
    await maya.repos.getCollaboratorPermissionLevel({ ...hello, username });
    expect(violations).toEqual([]);
  });

  it('for repositories', async () => {
    const name = 'fresh';
    await maya.repos.createInOrg({ org: 'acme', name, description: 'New' });
    const { data: empty } = await maya.repos.get({ owner: 'acme', repo: name });
    expect(empty.size).toBe(0);
    await maya.repos.createForAuthenticatedUser({ name: 'mine' });
    await maya.repos.createFork(hello);
    await maya.repos.get(hello);
    await maya.repos.update({ ...hello, description: 'Says more' });
    await maya.repos.listForOrg({ org: 'acme' });
    await maya.repos.listForAuthenticatedUser();
    await maya.repos.listForUser({ username: 'maya' });
    await maya.repos.replaceAllTopics({ ...hello, names: ['shop'] });
    await maya.repos.getAllTopics(hello);
    await maya.activity.setRepoSubscription({ ...hello, ignored: true });
    await maya.repos.delete({ owner: 'maya', repo: 'mine' });
    expect(violations).toEqual([]);
  });

  it('for refs and objects', async () => {
    const sha = await branchWith('a/b', 'a.txt');
    await maya.git.getRef({ ...hello, ref: 'heads/a/b' });
    await maya.git.listMatchingRefs({ ...hello, ref: 'heads/a' });
    await maya.git.getCommit({ ...hello, commit_sha: sha });
    const recursive = 'true';
    const { data } = await maya.git.getTree({
      ...hello,
      tree_sha: sha,
      recursive,
    });
    const file = data.tree.find(({ type }) => type === 'blob');
    await maya.git.getBlob({ ...hello, file_sha: file?.sha ?? '' });
    await maya.git.createBlob({ ...hello, content: 'text' });
    const main = await maya.git.getRef({ ...hello, ref: 'heads/main' });
    await maya.git.updateRef({
      ...hello,
      ref: 'heads/a/b',
      sha: main.data.object.sha,
      force: true,
    });
    await maya.git.deleteRef({ ...hello, ref: 'heads/a/b' });
    expect(violations).toEqual([]);
  });

  it('for contents, commits and archives', async () => {
    const path = 'docs/deep/new.md';
    const content = Buffer.from('Text\n').toString('base64');
    const message = 'Write';
    const { data: written } = await maya.repos.createOrUpdateFileContents({
      ...hello,
      path,
      message,
      content,
    });
    const sha = written.content?.sha ?? '';
    await maya.repos.createOrUpdateFileContents({
      ...hello,
      path,
      message,
      content: '',
      sha,
    });
    await maya.repos.getContent({ ...hello, path });
    await maya.repos.getContent({ ...hello, path: 'docs' });
    await maya.repos.getContent({ ...hello, path: '' });
    const { data: now } = await maya.repos.getContent({ ...hello, path });
    if (Array.isArray(now)) throw new TypeError('a folder');
    await maya.repos.deleteFile({ ...hello, path, message, sha: now.sha });
    const { data: commits } = await maya.repos.listCommits(hello);
    expect(commits.length).toBeGreaterThan(4);
    await maya.repos.getCommit({ ...hello, ref: 'main' });
    const basehead = `${commits.at(-1)?.sha}...main`;
    await maya.repos.compareCommitsWithBasehead({ ...hello, basehead });
    expect(violations).toEqual([]);
  });

  it('for statuses', async () => {
    const sha = await branchWith('checked', 'c.txt');
    const context = 'ci/build';
    const state = 'success';
    await maya.repos.createCommitStatus({ ...hello, sha, context, state });
    const { data } = await maya.repos.getCombinedStatusForRef({
      ...hello,
      ref: 'checked',
    });
    expect(data).toMatchObject({ sha, state: 'success', total_count: 1 });
    await maya.repos.listCommitStatusesForRef({ ...hello, ref: sha });
    expect(violations).toEqual([]);
  });

  it('for branches and their protection', async () => {
    await branchWith('guarded', 'g.txt');
    const guarded = { ...hello, branch: 'guarded' };
    await maya.repos.updateBranchProtection({
      ...guarded,
      required_pull_request_reviews: {
        required_approving_review_count: 2,
        bypass_pull_request_allowances: {
          users: ['callboard'],
          teams: ['shop'],
        },
      },
      required_status_checks: { strict: true, contexts: ['ci/build'] },
      enforce_admins: true,
      restrictions: null,
    });
    await maya.repos.getBranchProtection(guarded);
    await maya.repos.getBranchRules(guarded);
    await maya.repos.createCommitSignatureProtection(guarded);
    await maya.repos.getBranch(guarded);
    await maya.repos.getBranch({ ...hello, branch: 'main' });
    await maya.repos.listBranches(hello);
    await maya.repos.deleteBranchProtection(guarded);
    expect(violations).toEqual([]);
  });

  it('for pull requests', async () => {
    const head = 'topic';
    await branchWith(head, 't.txt');
    const { data: pull } = await maya.pulls.create({
      ...hello,
      title: 'Topic',
      head,
      base: 'main',
      body: 'Because.',
    });
    const at = { ...hello, pull_number: pull.number };
    await maya.pulls.requestReviewers({ ...at, reviewers: ['tom'] });
    await tom.pulls.createReview({ ...at, event: 'APPROVE', body: 'Fine' });
    const { data: reviews } = await maya.pulls.listReviews(at);
    await maya.pulls.getReview({ ...at, review_id: reviews[0]?.id ?? 0 });
    const issue = { ...hello, issue_number: pull.number };
    await tom.issues.createComment({ ...issue, body: 'Thanks' });
    await tom.issues.listComments(issue);
    await maya.pulls.list(hello);
    await maya.pulls.listFiles(at);
    await maya.pulls.listCommits(at);
    await maya.pulls.update({ ...at, title: 'A better title' });
    await maya.repos.createOrUpdateFileContents({
      ...hello,
      path: 'other.md',
      message: 'Meanwhile',
      content: '',
    });
    await maya.pulls.updateBranch(at);
    await maya.pulls.get(at);
    await maya.pulls.merge(at);
    await maya.pulls.checkIfMerged(at);
    const { data: merged } = await maya.pulls.get(at);
    expect(merged).toMatchObject({ merged: true, state: 'closed' });
    expect(violations).toEqual([]);
  });

  it('for hooks', async () => {
    const config = { url: 'http://127.0.0.1:9/', content_type: 'json' };
    const { data: hook } = await maya.repos.createWebhook({ ...hello, config });
    const one = { ...hello, hook_id: hook.id };
    await maya.repos.listWebhooks(hello);
    await maya.repos.getWebhook(one);
    await maya.repos.updateWebhook({ ...one, active: false });
    await maya.repos.pingWebhook(one);
    await maya.repos.listWebhookDeliveries(one);
    await maya.repos.deleteWebhook(one);
    const org = 'acme';
    const { data } = await maya.orgs.createWebhook({
      org,
      name: 'web',
      config,
    });
    const ofOrg = { org, hook_id: data.id };
    await maya.orgs.listWebhooks({ org });
    await maya.orgs.getWebhook(ofOrg);
    await maya.orgs.updateWebhook({ ...ofOrg, events: ['push'] });
    await maya.orgs.pingWebhook(ofOrg);
    await maya.orgs.listWebhookDeliveries(ofOrg);
    await maya.orgs.deleteWebhook(ofOrg);
    expect(violations).toEqual([]);
  });

  it('and a wrong answer would be noticed', () => {
    const path = '/repos/acme/hello/git/ref/heads%2Fmain';
    const body = { ref: 'refs/heads/main', node_id: 7, url: '', object: {} };
    const found = contract.check({ method: 'GET', path, status: 200, body });
    expect(found.join('\n')).toMatch(/node_id must be string/);
    expect(found.join('\n')).toMatch(/must have required property 'sha'/);
  });

  it('and no operation was left out', () => {
    const served = restRoutes(world as unknown as Site).map(
      ({ operation }) => operation,
    );
    expect([...served].sort()).toEqual([...operations].sort());
    expect([...contract.operations].sort()).toEqual([...operations].sort());
    // The archive redirects: there is no success to see of the API itself.
    const unseen = served.filter(operation => !contract.seen.has(operation));
    expect(unseen).toEqual(['GET /repos/{owner}/{repo}/tarball/{ref}']);
  });
});
