import { type HostedRepository } from '../Repositories';
import { type Site } from '../Site';
import { ApiError, notFound } from '../http/ApiError';
import { type Call, param } from '../http/Call';
import { type UserRecord } from '../records';

/** @throws ApiError 401 without a token. */
export function requireActor(call: Call): UserRecord {
  if (!call.actor) throw new ApiError(401, 'Requires authentication');
  return call.actor;
}

/**
 * The repository that the path names. Everybody may read everything.
 *
 * @throws ApiError 404 if there is none.
 */
export function readable(site: Site, call: Call): HostedRepository {
  const found = site.repositories.find(
    param(call, 'owner'),
    param(call, 'repo'),
  );
  if (!found) throw notFound();
  return found;
}

/** A repository and who wants to change it. */
export interface Writing extends HostedRepository {
  readonly actor: UserRecord;
}

/**
 * The repository that the path names, for a change.
 *
 * @throws ApiError 401, 404, or 403 for who may not write and for an archived repository.
 */
export function writable(site: Site, call: Call): Writing {
  const writing = administrable(site, call);
  if (writing.record.archived) {
    throw new ApiError(403, 'Repository was archived so is read-only.');
  }
  return writing;
}

/** As {@link writable}, but archived repositories too. */
export function administrable(site: Site, call: Call): Writing {
  const actor = requireActor(call);
  const { record, git } = readable(site, call);
  // A token without the scope is answered as if there were nothing.
  if (!hasScope(site, actor, ['repo', 'public_repo'])) throw notFound();
  if (!site.accounts.mayWrite(record, actor.login)) {
    throw new ApiError(403, 'Resource not accessible by personal access token');
  }
  return { record, git, actor };
}

/** Whether the token of the account has one of these scopes. */
export function hasScope(
  site: Site,
  { login }: UserRecord,
  scopes: readonly string[],
): boolean {
  const { scopes: has } = site.accounts.tokenOf(login);
  return scopes.some(scope => has.includes(scope));
}

/**
 * The commit that a revision stands for.
 *
 * @throws ApiError 409 for an empty repository, 422 if there is no such commit.
 */
export async function commitOf(
  repository: HostedRepository,
  revision: string,
): Promise<string> {
  if (repository.record.empty) {
    throw new ApiError(409, 'Git Repository is empty.');
  }
  const sha = await repository.git.resolve(
    revision === 'HEAD' ? repository.record.defaultBranch : revision,
  );
  if (!sha) throw new ApiError(422, `No commit found for SHA: ${revision}`);
  return sha;
}
