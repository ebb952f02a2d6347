import { z } from 'zod';
import { type Site } from '../Site';
import { type Call, bodyOf, param } from '../http/Call';
import { type Reply, created, ok } from '../http/Reply';
import { type Route } from '../http/Router';
import { linkHeader, pageOf, paged } from '../http/paging';
import { latestStatuses } from '../latestStatuses';
import { type RepositoryRecord, type StatusRecord } from '../records';
import { nodeId, simpleUser } from '../shapes/account';
import { fullRepository, repositoryApi } from '../shapes/repository';
import { commitOf, readable, writable } from './access';

const REPO = '/repos/{owner}/{repo}';

const NEW_STATUS = z.object({
  state: z.enum(['error', 'failure', 'pending', 'success']),
  context: z.string().optional(),
  description: z.string().nullish(),
  target_url: z.string().nullish(),
});

/** What checks say of commits. */
export function statusRoutes(site: Site): Route[] {
  return [
    {
      operation: `GET ${REPO}/commits/{ref}/status`,
      handle: c => getCombined(site, c),
    },
    {
      operation: `GET ${REPO}/commits/{ref}/statuses`,
      handle: c => listStatuses(site, c),
    },
    {
      operation: `POST ${REPO}/statuses/{sha}`,
      handle: c => createStatus(site, c),
    },
  ];
}

async function getCombined(site: Site, call: Call): Promise<Reply> {
  const repository = readable(site, call);
  const { record } = repository;
  const sha = await commitOf(repository, param(call, 'ref'));
  const statuses = latestStatuses(record, sha);
  const { skip, size } = pageOf(call);
  const api = repositoryApi(site, record);
  const link = linkHeader(call, statuses.length);
  return {
    ...ok({
      state: combinedState(statuses),
      sha,
      total_count: statuses.length,
      statuses: statuses
        .slice(skip, skip + size)
        .map(status => statusShape(site, { record, sha }, status)),
      repository: fullRepository(site, record, call.actor?.login),
      commit_url: `${api}/commits/${sha}`,
      url: `${api}/commits/${sha}/status`,
    }),
    ...(link && { headers: { link } }),
  };
}

async function listStatuses(site: Site, call: Call): Promise<Reply> {
  const repository = readable(site, call);
  const { record } = repository;
  const sha = await commitOf(repository, param(call, 'ref'));
  return paged(call, record.statuses[sha] ?? [], status =>
    fullStatus(site, { record, sha }, status),
  );
}

async function createStatus(site: Site, call: Call): Promise<Reply> {
  const writing = writable(site, call);
  const wanted = bodyOf(call, NEW_STATUS);
  const { record, actor } = writing;
  const sha = await commitOf(writing, param(call, 'sha'));
  const status: StatusRecord = {
    id: site.store.nextId(),
    state: wanted.state,
    context: wanted.context ?? 'default',
    description: wanted.description ?? null,
    targetUrl: wanted.target_url ?? null,
    creator: actor.login,
    createdAt: new Date().toISOString(),
  };
  // Newest first, as they are listed.
  record.statuses[sha] = [status, ...(record.statuses[sha] ?? [])];
  site.store.changed();
  return created(fullStatus(site, { record, sha }, status));
}

/** Nothing reported counts as pending. */
function combinedState(statuses: readonly StatusRecord[]): string {
  const states = statuses.map(({ state }) => state);
  if (states.some(state => state === 'error' || state === 'failure')) {
    return 'failure';
  }
  return states.length > 0 && states.every(state => state === 'success')
    ? 'success'
    : 'pending';
}

interface OfCommit {
  readonly record: RepositoryRecord;
  readonly sha: string;
}

function statusShape(
  site: Site,
  { record, sha }: OfCommit,
  status: StatusRecord,
): object {
  return {
    id: status.id,
    node_id: nodeId('StatusContext', status.id),
    url: `${repositoryApi(site, record)}/statuses/${sha}`,
    avatar_url: `${site.url}/-/avatars/${status.creator}.svg`,
    state: status.state,
    context: status.context,
    description: status.description,
    target_url: status.targetUrl,
    created_at: status.createdAt,
    updated_at: status.createdAt,
  };
}

function fullStatus(
  site: Site,
  commit: OfCommit,
  status: StatusRecord,
): object {
  const creator = simpleUser(site, status.creator);
  return { ...statusShape(site, commit, status), creator };
}
