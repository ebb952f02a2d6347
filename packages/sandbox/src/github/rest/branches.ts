import { z } from 'zod';
import { type BranchProtection } from '../BranchProtection';
import { type HostedRepository } from '../Repositories';
import { type Site } from '../Site';
import { ApiError, notFound } from '../http/ApiError';
import { type Call, bodyOf, param, query } from '../http/Call';
import { type Reply, noContent, ok } from '../http/Reply';
import { type Route } from '../http/Router';
import { paged } from '../http/paging';
import { historyCommit } from '../shapes/commit';
import { protectionShape, protectionSummary } from '../shapes/protection';
import { repositoryApi, repositoryPage } from '../shapes/repository';
import { administrable, readable, requireActor } from './access';

const BRANCHES = '/repos/{owner}/{repo}/branches';
const PROTECTION = `${BRANCHES}/{branch}/protection`;
const RULES = '/repos/{owner}/{repo}/rules/branches/{branch}';
const PREFIX = 'refs/heads/';

const NAMES = z.array(z.string()).optional();

const PROTECTION_BODY = z.object({
  required_pull_request_reviews: z
    .object({
      required_approving_review_count: z.number().optional(),
      dismiss_stale_reviews: z.boolean().optional(),
      require_code_owner_reviews: z.boolean().optional(),
      require_last_push_approval: z.boolean().optional(),
      bypass_pull_request_allowances: z
        .object({ users: NAMES, teams: NAMES, apps: NAMES })
        .optional(),
    })
    .nullable(),
  required_status_checks: z
    .object({ strict: z.boolean().optional(), contexts: NAMES })
    .nullable(),
  enforce_admins: z.boolean().nullable(),
  restrictions: z.unknown(),
  required_linear_history: z.boolean().optional(),
  allow_force_pushes: z.boolean().nullish(),
  allow_deletions: z.boolean().optional(),
});

/** Branches and the rules that protect them. */
export function branchRoutes(site: Site): Route[] {
  return [
    { operation: `GET ${BRANCHES}`, handle: c => listBranches(site, c) },
    { operation: `GET ${BRANCHES}/{branch}`, handle: c => getBranch(site, c) },
    { operation: `GET ${PROTECTION}`, handle: c => getProtection(site, c) },
    { operation: `GET ${RULES}`, handle: c => getRules(site, c) },
    { operation: `PUT ${PROTECTION}`, handle: c => putProtection(site, c) },
    { operation: `DELETE ${PROTECTION}`, handle: c => unprotect(site, c) },
    {
      operation: `POST ${PROTECTION}/required_signatures`,
      handle: c => requireSignatures(site, c),
    },
  ];
}

async function listBranches(site: Site, call: Call): Promise<Reply> {
  const { record, git } = readable(site, call);
  const refs = await git.refs.list(PREFIX);
  const wanted = query(call, 'protected');
  const branches = refs
    .map(ref => ({ ...ref, name: ref.name.slice(PREFIX.length) }))
    .filter(
      ({ name }) =>
        !wanted || String(record.protections[name] !== undefined) === wanted,
    );
  const api = repositoryApi(site, record);
  return paged(call, branches, ({ name, sha }) => ({
    name,
    commit: { sha, url: `${api}/commits/${sha}` },
    protected: record.protections[name] !== undefined,
  }));
}

async function getBranch(site: Site, call: Call): Promise<Reply> {
  const repository = readable(site, call);
  const { record, git } = repository;
  const name = param(call, 'branch');
  const commit = await git.commit(await tipOf(repository, name));
  if (!commit) throw notFound();
  const self = `${repositoryApi(site, record)}/branches/${encodeURIComponent(
    name,
  )}`;
  const protection = record.protections[name];
  return ok({
    name,
    commit: historyCommit(site, record, commit),
    _links: { self, html: `${repositoryPage(site, record)}/tree/${name}` },
    protected: protection !== undefined,
    protection: protectionSummary(protection),
    protection_url: `${self}/protection`,
  });
}

async function getProtection(site: Site, call: Call): Promise<Reply> {
  requireActor(call);
  const repository = readable(site, call);
  const name = param(call, 'branch');
  await tipOf(repository, name);
  const protection = repository.record.protections[name];
  if (!protection) throw new ApiError(404, 'Branch not protected');
  return ok(protectionShape(site, { ...repository, name }, protection));
}

/** There are no rulesets here: protections are all the rules. */
async function getRules(site: Site, call: Call): Promise<Reply> {
  readable(site, call);
  return paged(call, [], (rule: object) => rule);
}

async function putProtection(site: Site, call: Call): Promise<Reply> {
  const repository = administrable(site, call);
  const { record } = repository;
  const name = param(call, 'branch');
  await tipOf(repository, name);
  const wanted = bodyOf(call, PROTECTION_BODY);
  const { restrictions, ...rules } = wanted;
  if (restrictions) {
    throw new ApiError(501, 'Push restrictions are not in the sandbox');
  }
  // Through JSON, as it is kept: what was not given is not there.
  const protection = JSON.parse(JSON.stringify(rules)) as BranchProtection;
  record.protections[name] = protection;
  site.store.changed();
  return ok(protectionShape(site, { record, name }, protection));
}

async function unprotect(site: Site, call: Call): Promise<Reply> {
  const { record } = administrable(site, call);
  const name = param(call, 'branch');
  if (!record.protections[name])
    throw new ApiError(404, 'Branch not protected');
  delete record.protections[name];
  site.store.changed();
  return noContent;
}

async function requireSignatures(site: Site, call: Call): Promise<Reply> {
  const { record } = administrable(site, call);
  const name = param(call, 'branch');
  if (!record.protections[name])
    throw new ApiError(404, 'Branch not protected');
  // Accepted but not enforced: nobody signs anything here.
  const api = `${repositoryApi(site, record)}/branches/${name}/protection`;
  return ok({ url: `${api}/required_signatures`, enabled: true });
}

async function tipOf(
  { git }: HostedRepository,
  branch: string,
): Promise<string> {
  const sha = await git.refs.read(`${PREFIX}${branch}`);
  if (!sha) throw new ApiError(404, 'Branch not found');
  return sha;
}
