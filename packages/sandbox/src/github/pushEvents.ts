import { type Commit, NO_COMMIT } from '../git/objects';
import { treeDiff } from '../git/treeDiff';
import { type RefMoved } from './RefUpdates';
import { type HostedRepository, fullNameOf } from './Repositories';
import { type Site } from './Site';
import { emailOf, simpleOrganization, simpleUser } from './shapes/account';
import { loginOf, timeOf } from './shapes/commit';
import { fullRepository, repositoryPage } from './shapes/repository';

/**
 * A branch that was moved.
 *
 * @public
 */
export interface Push {
  /** `owner/name`. */
  readonly repository: string;
  readonly branch: string;
  /** Forty zeros for a new branch. */
  readonly before: string;
  /** Forty zeros for a removed branch. */
  readonly after: string;
  readonly login: string;
  /** Paths that differ between before and after. */
  readonly files: string[];
}

const BRANCHES = 'refs/heads/';
/** GitHub puts no more commits than this into one event. */
const MAX_COMMITS = 2048;

/** What listeners inside of the sandbox are told; undefined for a tag. */
export async function pushOf(move: RefMoved): Promise<Push | undefined> {
  const { repository, name, from, to } = move;
  if (!name.startsWith(BRANCHES)) return undefined;
  const base = from ?? (await defaultBranchTip(repository, name));
  const { added, removed, modified } = await treeDiff(
    repository.git.objects,
    await treeOf(repository, base),
    await treeOf(repository, to),
  );
  return {
    repository: fullNameOf(repository.record),
    branch: name.slice(BRANCHES.length),
    before: from ?? NO_COMMIT,
    after: to ?? NO_COMMIT,
    login: move.by,
    files: to ? [...added, ...removed, ...modified] : [],
  };
}

/** The `push` event as GitHub posts it. */
export async function pushPayload(site: Site, move: RefMoved): Promise<object> {
  const { repository, name, from, to, by } = move;
  const { record } = repository;
  const commits = await newCommits(move);
  const org = site.accounts.organization(record.owner);
  const shaped = await Promise.all(
    commits.map(commit => commitOf(site, repository, commit)),
  );
  const page = repositoryPage(site, record);
  return {
    ref: name,
    before: from ?? NO_COMMIT,
    after: to ?? NO_COMMIT,
    created: !from,
    deleted: !to,
    forced: Boolean(from && to) && !(await isForward(move)),
    base_ref: null,
    compare: `${page}/compare/${(from ?? NO_COMMIT).slice(0, 12)}...${(
      to ?? NO_COMMIT
    ).slice(0, 12)}`,
    commits: shaped,
    head_commit: shaped.at(-1) ?? null,
    repository: {
      ...fullRepository(site, record, by),
      master_branch: record.defaultBranch,
      custom_properties: {},
      // In this event, and only here, times are numbers.
      created_at: Math.floor(Date.parse(record.createdAt) / 1000),
      pushed_at: Math.floor(Date.parse(record.pushedAt) / 1000),
    },
    pusher: { name: by, email: emailOf({ login: by }) },
    ...(org && { organization: simpleOrganization(site, org) }),
    sender: simpleUser(site, by),
  };
}

async function commitOf(
  site: Site,
  repository: HostedRepository,
  commit: Commit,
): Promise<object> {
  const { record, git } = repository;
  const parent = commit.parents[0];
  const before = parent ? await treeOf(repository, parent) : undefined;
  const author = personOf(site, commit.author);
  return {
    id: commit.sha,
    tree_id: commit.tree,
    distinct: true,
    message: commit.message.trimEnd(),
    timestamp: timeOf(commit.committer.date),
    url: `${repositoryPage(site, record)}/commit/${commit.sha}`,
    author,
    committer: personOf(site, commit.committer),
    ...(await treeDiff(git.objects, before, commit.tree)),
  };
}

function personOf(site: Site, signature: Commit['author']): object {
  const { name, email } = signature;
  const username = loginOf(site, signature);
  return { name, email, ...(username && { username }) };
}

async function newCommits(move: RefMoved): Promise<Commit[]> {
  const { repository, name, from, to } = move;
  if (!to) return [];
  const base = from ?? (await defaultBranchTip(repository, name));
  const shas = await repository.git.comparisons.commits(base, to);
  const recent = shas.slice(-MAX_COMMITS);
  const commits = await Promise.all(
    recent.map(sha => repository.git.commit(sha)),
  );
  return commits.filter(commit => commit !== undefined);
}

/** New branches are compared with the default branch. */
async function defaultBranchTip(
  { git, record }: HostedRepository,
  pushed: string,
): Promise<string | undefined> {
  const name = `${BRANCHES}${record.defaultBranch}`;
  return name === pushed ? undefined : git.refs.read(name);
}

async function treeOf(
  { git }: HostedRepository,
  commit: string | undefined,
): Promise<string | undefined> {
  return commit && (await git.commit(commit))?.tree;
}

async function isForward({ repository, from, to }: RefMoved): Promise<boolean> {
  return Boolean(from && to && (await repository.git.isFastForward(from, to)));
}
