import { z } from 'zod';
import { type Site } from '../Site';
import { ApiError, notFound, validationFailed } from '../http/ApiError';
import { type Call, bodyOf, param, query } from '../http/Call';
import { type Reply, created, noContent, ok } from '../http/Reply';
import { type Route } from '../http/Router';
import { paged } from '../http/paging';
import { type RepositoryRecord } from '../records';
import { fullRepository, repositoryApi } from '../shapes/repository';
import { administrable, readable, requireActor, writable } from './access';

const REPO = '/repos/{owner}/{repo}';

const NEW_REPOSITORY = z.object({
  name: z.string(),
  description: z.string().nullish(),
  homepage: z.string().nullish(),
  delete_branch_on_merge: z.boolean().optional(),
});

const CHANGES = z.object({
  name: z.string().optional(),
  description: z.string().nullish(),
  homepage: z.string().nullish(),
  archived: z.boolean().optional(),
  default_branch: z.string().optional(),
  delete_branch_on_merge: z.boolean().optional(),
});

/** Repositories themselves. */
export function repositoryRoutes(site: Site): Route[] {
  return [
    { operation: `GET ${REPO}`, handle: c => getRepository(site, c) },
    { operation: `PATCH ${REPO}`, handle: c => changeRepository(site, c) },
    { operation: `DELETE ${REPO}`, handle: c => deleteRepository(site, c) },
    { operation: 'GET /orgs/{org}/repos', handle: c => listOfOrg(site, c) },
    {
      operation: 'POST /orgs/{org}/repos',
      handle: c => createRepository(site, c, param(c, 'org')),
    },
    {
      operation: 'POST /user/repos',
      handle: c => createRepository(site, c, requireActor(c).login),
    },
    { operation: 'GET /user/repos', handle: c => listMine(site, c) },
    {
      operation: 'GET /users/{username}/repos',
      handle: async c => listOf(site, c, [param(c, 'username')]),
    },
    { operation: `GET ${REPO}/topics`, handle: c => getTopics(site, c) },
    { operation: `PUT ${REPO}/topics`, handle: c => putTopics(site, c) },
    {
      operation: `PUT ${REPO}/subscription`,
      handle: c => putSubscription(site, c),
    },
  ];
}

async function getRepository(site: Site, call: Call): Promise<Reply> {
  const { record } = readable(site, call);
  return ok(fullRepository(site, record, call.actor?.login));
}

async function listOfOrg(site: Site, call: Call): Promise<Reply> {
  if (!site.accounts.organization(param(call, 'org'))) throw notFound();
  return listOf(site, call, [param(call, 'org')]);
}

async function listMine(site: Site, call: Call): Promise<Reply> {
  const { login } = requireActor(call);
  const orgs = site.accounts.organizationsOf(login).map(org => org.login);
  return listOf(site, call, [login, ...orgs]);
}

function listOf(site: Site, call: Call, owners: string[]): Reply {
  const viewer = call.actor?.login;
  const records = owners
    .flatMap(owner => site.repositories.of(owner))
    .map(({ record }) => record);
  if (query(call, 'sort') === 'full_name') {
    records.sort((a, b) => a.name.localeCompare(b.name));
  }
  return paged(call, records, record => fullRepository(site, record, viewer));
}

async function createRepository(
  site: Site,
  call: Call,
  owner: string,
): Promise<Reply> {
  const actor = requireActor(call);
  const org = site.accounts.organization(owner);
  if (!org && owner !== actor.login) throw notFound();
  if (org && !org.members.includes(actor.login)) {
    throw new ApiError(
      403,
      'You need admin access to the organization before adding a repository to it.',
    );
  }
  const wanted = bodyOf(call, NEW_REPOSITORY);
  checkName(wanted.name);
  if (site.repositories.find(owner, wanted.name)) {
    throw new ApiError(422, 'Repository creation failed.', [
      {
        resource: 'Repository',
        code: 'custom',
        field: 'name',
        message: 'name already exists on this account',
      },
    ]);
  }
  const { record } = await site.repositories.create({
    owner: org?.login ?? actor.login,
    name: wanted.name,
    description: wanted.description ?? null,
    homepage: wanted.homepage ?? null,
    deleteBranchOnMerge: wanted.delete_branch_on_merge ?? false,
  });
  const shape = fullRepository(site, record, actor.login);
  return created(shape, repositoryApi(site, record));
}

function checkName(name: string): void {
  if (!/^[\w.-]{1,100}$/.test(name) || /^\.+$|\.git$/.test(name)) {
    throw new ApiError(422, 'Repository creation failed.', [
      {
        resource: 'Repository',
        code: 'custom',
        field: 'name',
        message: 'name is not a valid repository name',
      },
    ]);
  }
}

async function changeRepository(site: Site, call: Call): Promise<Reply> {
  const { record, git, actor } = administrable(site, call);
  const changes = bodyOf(call, CHANGES);
  if (record.archived && changes.archived !== false) {
    throw new ApiError(403, 'Repository was archived so is read-only.');
  }
  if (changes.name !== undefined && changes.name !== record.name) {
    throw new ApiError(501, 'The sandbox does not rename repositories');
  }
  const branch = changes.default_branch;
  if (branch && !(await git.refs.read(`refs/heads/${branch}`))) {
    throw validationFailed({
      resource: 'Repository',
      field: 'default_branch',
      code: 'invalid',
      message: `The branch ${branch} was not found. Please push that ref first or create it via the Git Data API.`,
    });
  }
  if (branch) await git.setHead(branch);
  apply(record, changes);
  site.store.changed();
  return ok(fullRepository(site, record, actor.login));
}

function apply(
  record: RepositoryRecord,
  changes: z.infer<typeof CHANGES>,
): void {
  record.archived = changes.archived ?? record.archived;
  record.defaultBranch = changes.default_branch ?? record.defaultBranch;
  record.deleteBranchOnMerge =
    changes.delete_branch_on_merge ?? record.deleteBranchOnMerge;
  if (changes.description !== undefined)
    record.description = changes.description;
  if (changes.homepage !== undefined) record.homepage = changes.homepage;
  record.updatedAt = new Date().toISOString();
}

async function deleteRepository(site: Site, call: Call): Promise<Reply> {
  const { record, git } = administrable(site, call);
  await git.lock.run(() => site.repositories.remove({ record, git }));
  return noContent;
}

async function getTopics(site: Site, call: Call): Promise<Reply> {
  return ok({ names: readable(site, call).record.topics });
}

async function putTopics(site: Site, call: Call): Promise<Reply> {
  const { record } = writable(site, call);
  const { names } = bodyOf(call, z.object({ names: z.array(z.string()) }));
  record.topics = names;
  site.store.changed();
  return ok({ names });
}

async function putSubscription(site: Site, call: Call): Promise<Reply> {
  const { record } = readable(site, call);
  requireActor(call);
  const wanted = bodyOf(
    call,
    z.object({
      subscribed: z.boolean().optional(),
      ignored: z.boolean().optional(),
    }),
  );
  const api = repositoryApi(site, record);
  return ok({
    subscribed: wanted.subscribed ?? true,
    ignored: wanted.ignored ?? false,
    reason: null,
    created_at: record.createdAt,
    url: `${api}/subscription`,
    repository_url: api,
  });
}
