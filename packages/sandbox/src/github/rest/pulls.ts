import { z } from 'zod';
import { patchText } from '../../git/fileDiffs';
import { type HostedRepository } from '../Repositories';
import { type Site } from '../Site';
import { ApiError, notFound } from '../http/ApiError';
import { type Call, bodyOf, mediaOf, param, query } from '../http/Call';
import { type Reply, created, ok } from '../http/Reply';
import { type Route } from '../http/Router';
import { paged, pagedReply, pageOf } from '../http/paging';
import { assessPull } from '../pulls/assessPull';
import { changePull, updatePullBranch } from '../pulls/changePull';
import { changesOf } from '../pulls/changesOf';
import { headOwner } from '../pulls/headOf';
import { mergePull } from '../pulls/mergePull';
import { openPull, pullNumbered } from '../pulls/openPull';
import { type PullRecord, type RepositoryRecord } from '../records';
import { diffEntry, historyCommit } from '../shapes/commit';
import { fullPull, simplePull } from '../shapes/pull';
import { repositoryApi } from '../shapes/repository';
import { readable, writable } from './access';

const PULLS = '/repos/{owner}/{repo}/pulls';
const PULL = `${PULLS}/{pull_number}`;

const NEW_PULL = z.object({
  title: z.string(),
  head: z.string(),
  base: z.string(),
  body: z.string().nullish(),
  draft: z.boolean().optional(),
});

const CHANGE = z.object({
  title: z.string().optional(),
  body: z.string().nullish(),
  state: z.enum(['open', 'closed']).optional(),
  base: z.string().optional(),
});

const MERGE = z.object({
  commit_title: z.string().optional(),
  commit_message: z.string().optional(),
  sha: z.string().optional(),
  merge_method: z.enum(['merge', 'squash', 'rebase']).optional(),
});

/** Pull requests, but for what is said about them. */
export function pullRoutes(site: Site): Route[] {
  return [
    { operation: `GET ${PULLS}`, handle: c => listPulls(site, c) },
    { operation: `POST ${PULLS}`, handle: c => createPull(site, c) },
    { operation: `GET ${PULL}`, handle: c => getPull(site, c) },
    { operation: `PATCH ${PULL}`, handle: c => patchPull(site, c) },
    { operation: `GET ${PULL}/files`, handle: c => listFiles(site, c) },
    { operation: `GET ${PULL}/commits`, handle: c => listCommits(site, c) },
    { operation: `GET ${PULL}/merge`, handle: c => isMerged(site, c) },
    { operation: `PUT ${PULL}/merge`, handle: c => merge(site, c) },
    {
      operation: `PUT ${PULL}/update-branch`,
      handle: c => updateBranch(site, c),
    },
  ];
}

/** The pull request that the path names; 404 if there is none. */
export function pullOf(
  site: Site,
  call: Call,
): HostedRepository & { readonly pull: PullRecord } {
  const repository = readable(site, call);
  const number = param(call, 'pull_number') || param(call, 'issue_number');
  return { ...repository, pull: pullNumbered(repository, number) };
}

async function listPulls(site: Site, call: Call): Promise<Reply> {
  const repository = readable(site, call);
  const { record } = repository;
  const state = query(call, 'state') ?? 'open';
  const head = query(call, 'head');
  const base = query(call, 'base');
  const pulls = record.pulls.filter(
    pull =>
      (state === 'all' || pull.state === state) &&
      (!head ||
        head === `${headOwner(repository, pull)}:${pull.head}` ||
        head === pull.head) &&
      (!base || base === pull.base),
  );
  return paged(call, sorted(call, pulls), pull =>
    simplePull(site, record, pull),
  );
}

function sorted(call: Call, pulls: PullRecord[]): PullRecord[] {
  const sort = query(call, 'sort') ?? 'created';
  const key = (pull: PullRecord) =>
    sort === 'updated' ? pull.updatedAt : pull.createdAt;
  const descending = sort === 'created' ? 'desc' : 'asc';
  const sign = (query(call, 'direction') ?? descending) === 'asc' ? 1 : -1;
  return pulls.sort(
    (a, b) =>
      sign * (key(a).localeCompare(key(b)) || Math.sign(a.number - b.number)),
  );
}

async function createPull(site: Site, call: Call): Promise<Reply> {
  const writing = writable(site, call);
  const wanted = bodyOf(call, NEW_PULL);
  const { login } = writing.actor;
  const pull = await openPull(site, writing, { ...wanted, login });
  const api = repositoryApi(site, writing.record);
  return created(
    await fullPull(site, writing, { pull }),
    `${api}/pulls/${pull.number}`,
  );
}

async function getPull(site: Site, call: Call): Promise<Reply> {
  const { pull, ...repository } = pullOf(site, call);
  const media = mediaOf(call);
  if (media === 'diff' || media === 'patch') {
    const { from } = await changesOf(repository, pull);
    const body = await patchText(repository.git.folder, from, pull.headSha);
    return { status: 200, body };
  }
  const assessment = await assessPull(site, repository, pull);
  return ok(await fullPull(site, repository, { pull, assessment }));
}

async function patchPull(site: Site, call: Call): Promise<Reply> {
  const { actor, ...repository } = writable(site, call);
  const { pull } = pullOf(site, call);
  const change = bodyOf(call, CHANGE);
  await changePull(site, repository, { pull, actor, change });
  const assessment = await assessPull(site, repository, pull);
  return ok(await fullPull(site, repository, { pull, assessment }));
}

async function listFiles(site: Site, call: Call): Promise<Reply> {
  const { pull, ...repository } = pullOf(site, call);
  const { files } = await changesOf(repository, pull);
  const at = { record: repository.record, commit: pull.headSha };
  return paged(call, files, file => diffEntry(site, at, file));
}

async function listCommits(site: Site, call: Call): Promise<Reply> {
  const { pull, record, git } = pullOf(site, call);
  const { commits: shas } = await changesOf({ record, git }, pull);
  const { skip, size } = pageOf(call);
  const page = await Promise.all(
    shas.slice(skip, skip + size).map(sha => git.commit(sha)),
  );
  const shapes = page.flatMap(commit =>
    commit ? [historyCommit(site, record, commit)] : [],
  );
  return pagedReply(call, shapes, shas.length);
}

async function isMerged(site: Site, call: Call): Promise<Reply> {
  if (!pullOf(site, call).pull.mergedAt) throw notFound();
  return { status: 204 };
}

async function merge(site: Site, call: Call): Promise<Reply> {
  const { actor, ...repository } = writable(site, call);
  const { pull } = pullOf(site, call);
  const wanted = bodyOf(call, MERGE);
  const method = wanted.merge_method ?? 'merge';
  if (method === 'rebase') {
    throw new ApiError(
      405,
      'Rebase merges are not allowed on this repository.',
    );
  }
  const sha = await mergePull(site, repository, {
    pull,
    actor,
    method,
    sha: wanted.sha,
    title: wanted.commit_title,
    message: wanted.commit_message,
  });
  return ok({ sha, merged: true, message: 'Pull Request successfully merged' });
}

async function updateBranch(site: Site, call: Call): Promise<Reply> {
  const { actor, ...repository } = writable(site, call);
  const { pull } = pullOf(site, call);
  const wanted = bodyOf(
    call,
    z.object({ expected_head_sha: z.string().optional() }),
  );
  const expected = wanted.expected_head_sha;
  await updatePullBranch(site, repository, { pull, actor, expected });
  const url = pullUrl(site, repository.record, pull);
  return {
    status: 202,
    body: { message: 'Updating pull request branch.', url },
  };
}

function pullUrl(
  site: Site,
  record: RepositoryRecord,
  pull: PullRecord,
): string {
  return `${repositoryApi(site, record)}/pulls/${pull.number}`;
}
