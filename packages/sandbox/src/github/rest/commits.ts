import { type FileDiff, fileDiffs, patchText } from '../../git/fileDiffs';
import { distance, history, historyLength } from '../../git/history';
import { type HostedRepository } from '../Repositories';
import { type Site } from '../Site';
import { notFound } from '../http/ApiError';
import { type Call, mediaOf, param, query } from '../http/Call';
import { type Reply, ok } from '../http/Reply';
import { type Route } from '../http/Router';
import { pageOf, pagedReply } from '../http/paging';
import { diffEntry, historyCommit } from '../shapes/commit';
import { repositoryApi, repositoryPage } from '../shapes/repository';
import { commitOf, readable } from './access';

const BASE = '/repos/{owner}/{repo}';

/** Histories and comparisons. */
export function commitRoutes(site: Site): Route[] {
  return [
    { operation: `GET ${BASE}/commits`, handle: c => listCommits(site, c) },
    { operation: `GET ${BASE}/commits/{ref}`, handle: c => getCommit(site, c) },
    {
      operation: `GET ${BASE}/compare/{basehead}`,
      handle: c => compare(site, c),
    },
  ];
}

async function listCommits(site: Site, call: Call): Promise<Reply> {
  const repository = readable(site, call);
  const { record, git } = repository;
  const wanted = query(call, 'sha') ?? record.defaultBranch;
  if (!record.empty && !(await git.resolve(wanted))) throw notFound();
  const start = await commitOf(repository, wanted);
  const { skip, size } = pageOf(call);
  const request = {
    start,
    skip,
    limit: size,
    path: query(call, 'path') ?? '',
    author: query(call, 'author') ?? '',
    since: query(call, 'since') ?? '',
    until: query(call, 'until') ?? '',
  };
  const [shas, total] = await Promise.all([
    history(git.folder, request),
    historyLength(git.folder, request),
  ]);
  return pagedReply(call, await shapes(site, repository, shas), total);
}

async function getCommit(site: Site, call: Call): Promise<Reply> {
  const repository = readable(site, call);
  const { record, git } = repository;
  const sha = await commitOf(repository, param(call, 'ref'));
  const media = mediaOf(call);
  if (media === 'sha') return { status: 200, body: sha };
  const commit = await git.commit(sha);
  if (!commit) throw notFound();
  const parent = commit.parents[0];
  if (media === 'diff' || media === 'patch') {
    return { status: 200, body: await patchText(git.folder, parent, sha) };
  }
  const files = await fileDiffs(git.folder, parent, sha);
  return ok({
    ...historyCommit(site, record, commit),
    stats: statsOf(files),
    files: files.map(file => diffEntry(site, { record, commit: sha }, file)),
  });
}

async function compare(site: Site, call: Call): Promise<Reply> {
  const repository = readable(site, call);
  const { record, git } = repository;
  const [baseName, headName] = param(call, 'basehead').split('...');
  if (!baseName || !headName) throw notFound();
  const base = await git.resolve(withoutOwner(baseName));
  const head = await git.resolve(withoutOwner(headName));
  const common = base && head && (await git.comparisons.mergeBase(base, head));
  if (!base || !head || !common) throw notFound();
  if (mediaOf(call) === 'diff') {
    return { status: 200, body: await patchText(git.folder, common, head) };
  }
  const [{ ahead, behind }, { commits: shas, files }] = await Promise.all([
    distance(git.folder, base, head),
    git.comparisons.changes(common, head),
  ]);
  const { skip, size } = pageOf(call);
  const [baseCommit, mergeBaseCommit] = await shapes(site, repository, [
    base,
    common,
  ]);
  const commits = await shapes(site, repository, shas.slice(skip, skip + size));
  const name = param(call, 'basehead');
  const page = `${repositoryPage(site, record)}/compare/${name}`;
  return ok({
    url: `${repositoryApi(site, record)}/compare/${name}`,
    html_url: page,
    permalink_url: `${repositoryPage(site, record)}/compare/${base}...${head}`,
    diff_url: `${page}.diff`,
    patch_url: `${page}.patch`,
    base_commit: baseCommit,
    merge_base_commit: mergeBaseCommit,
    status: relation(ahead, behind),
    ahead_by: ahead,
    behind_by: behind,
    total_commits: shas.length,
    commits,
    files: files.map(file => diffEntry(site, { record, commit: head }, file)),
  });
}

function relation(ahead: number, behind: number): string {
  if (ahead && behind) return 'diverged';
  if (ahead) return 'ahead';
  return behind ? 'behind' : 'identical';
}

/** `owner:branch`, as forks need it; here all branches are of one repository. */
function withoutOwner(name: string): string {
  return name.includes(':') ? name.slice(name.indexOf(':') + 1) : name;
}

function statsOf(files: readonly FileDiff[]): object {
  const additions = files.reduce((sum, file) => sum + file.additions, 0);
  const deletions = files.reduce((sum, file) => sum + file.deletions, 0);
  return { additions, deletions, total: additions + deletions };
}

async function shapes(
  site: Site,
  { record, git }: HostedRepository,
  shas: readonly string[],
): Promise<object[]> {
  const commits = await Promise.all(shas.map(sha => git.commit(sha)));
  return commits
    .filter(commit => commit !== undefined)
    .map(commit => historyCommit(site, record, commit));
}
