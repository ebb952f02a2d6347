import { z } from 'zod';
import { type Ref, isRefName } from '../../git/Refs';
import { type Site } from '../Site';
import { ApiError, notFound } from '../http/ApiError';
import { type Call, bodyOf, param } from '../http/Call';
import { type Reply, created, noContent, ok } from '../http/Reply';
import { type Route } from '../http/Router';
import { paged } from '../http/paging';
import { type RepositoryRecord } from '../records';
import { nodeId } from '../shapes/account';
import { repositoryApi } from '../shapes/repository';
import { readable, writable } from './access';

const BASE = '/repos/{owner}/{repo}/git';

const NEW_REF = z.object({ ref: z.string(), sha: z.string() });
const MOVED_REF = z.object({ sha: z.string(), force: z.boolean().optional() });

/** Branches and tags as refs. */
export function refRoutes(site: Site): Route[] {
  return [
    { operation: `GET ${BASE}/ref/{ref}`, handle: c => getRef(site, c) },
    {
      operation: `GET ${BASE}/matching-refs/{ref}`,
      handle: c => listRefs(site, c),
    },
    { operation: `POST ${BASE}/refs`, handle: c => createRef(site, c) },
    { operation: `PATCH ${BASE}/refs/{ref}`, handle: c => moveRef(site, c) },
    { operation: `DELETE ${BASE}/refs/{ref}`, handle: c => removeRef(site, c) },
  ];
}

async function getRef(site: Site, call: Call): Promise<Reply> {
  const { record, git } = readable(site, call);
  if (record.empty) throw new ApiError(409, 'Git Repository is empty.');
  const name = refName(call);
  const sha = await git.refs.read(name);
  if (!sha) throw notFound();
  return ok(refShape(site, record, { name, sha }));
}

async function listRefs(site: Site, call: Call): Promise<Reply> {
  const { record, git } = readable(site, call);
  const prefix = refName(call);
  const folder = prefix.slice(0, prefix.lastIndexOf('/') + 1);
  const refs = await git.refs.list(folder);
  const matching = refs.filter(ref => ref.name.startsWith(prefix));
  return paged(call, matching, ref => refShape(site, record, ref));
}

async function createRef(site: Site, call: Call): Promise<Reply> {
  const { record, git, actor } = writable(site, call);
  const { ref: name, sha } = bodyOf(call, NEW_REF);
  if (!isRefName(name) || !/^refs\/(heads|tags)\//.test(name)) {
    throw new ApiError(422, `${name} is not a valid ref name.`);
  }
  if (!(await git.objects.read(sha))) {
    throw new ApiError(422, 'Object does not exist');
  }
  const repository = { record, git };
  await site.refs.create(repository, { name, to: sha, by: actor.login });
  const shape = refShape(site, record, { name, sha });
  return created(shape, `${repositoryApi(site, record)}/git/${name}`);
}

async function moveRef(site: Site, call: Call): Promise<Reply> {
  const { record, git, actor } = writable(site, call);
  const { sha, force } = bodyOf(call, MOVED_REF);
  const name = refName(call);
  if (!(await git.commit(sha))) {
    throw new ApiError(422, 'Object does not exist');
  }
  await site.refs.update(
    { record, git },
    { name, to: sha, by: actor.login, force: force ?? false },
  );
  return ok(refShape(site, record, { name, sha }));
}

async function removeRef(site: Site, call: Call): Promise<Reply> {
  const { record, git, actor } = writable(site, call);
  await site.refs.remove(
    { record, git },
    { name: refName(call), by: actor.login },
  );
  return noContent;
}

/** `heads/main` and, as some clients have it, `refs/heads/main`. */
function refName(call: Call): string {
  return `refs/${param(call, 'ref').replace(/^refs\//, '')}`;
}

/** Schema `git-ref`. */
function refShape(site: Site, record: RepositoryRecord, ref: Ref): object {
  const api = `${repositoryApi(site, record)}/git`;
  return {
    ref: ref.name,
    node_id: nodeId('Ref', `${record.id}:${ref.name}`),
    url: `${api}/${ref.name}`,
    object: {
      sha: ref.sha,
      type: 'commit',
      url: `${api}/commits/${ref.sha}`,
    },
  };
}
