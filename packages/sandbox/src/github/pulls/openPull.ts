import { type HostedRepository } from '../Repositories';
import { type Site } from '../Site';
import { type ApiError, notFound, validationFailed } from '../http/ApiError';
import { type PullRecord } from '../records';
import { announcePull } from './announcePull';
import { headOf, headOwner } from './headOf';

/** What a new pull request is made of. */
interface NewPull {
  readonly title: string;
  readonly body?: string | null | undefined;
  /** `branch`, or `owner:branch`. */
  readonly head: string;
  readonly base: string;
  readonly draft?: boolean | undefined;
  readonly login: string;
}

/**
 * Opens a pull request.
 *
 * @throws ApiError 422 without such branches, without a difference between
 * them, or if there is one open already.
 */
export function openPull(
  site: Site,
  repository: HostedRepository,
  wanted: NewPull,
): Promise<PullRecord> {
  return repository.git.lock.run(() => open(site, repository, wanted));
}

async function open(
  site: Site,
  repository: HostedRepository,
  wanted: NewPull,
): Promise<PullRecord> {
  const { record, git } = repository;
  const found = await headOf(site, repository, wanted.head);
  const baseSha = await git.refs.read(`refs/heads/${wanted.base}`);
  if (!found) throw invalidField('head');
  if (!baseSha) throw invalidField('base');
  const { branch: head, sha: headSha, fork } = found;
  const between = { base: wanted.base, baseSha, head, headSha, fork };
  await checkDifference(repository, between);
  const now = new Date().toISOString();
  const pull: PullRecord = {
    id: site.store.nextId(),
    number: record.nextNumber,
    title: wanted.title,
    body: wanted.body ?? null,
    login: wanted.login,
    draft: wanted.draft ?? false,
    state: 'open',
    base: wanted.base,
    baseSha,
    head,
    ...(fork && { fork }),
    headSha,
    createdAt: now,
    updatedAt: now,
    closedAt: null,
    mergedAt: null,
    mergedBy: null,
    mergeCommitSha: null,
    requestedReviewers: [],
    reviews: [],
    comments: [],
  };
  record.nextNumber += 1;
  record.pulls.push(pull);
  site.store.changed();
  await pointTo(repository, pull);
  await announcePull(site, repository, {
    pull,
    action: 'opened',
    by: pull.login,
  });
  return pull;
}

/** Keeps the head reachable whatever becomes of its branch. */
export async function pointTo(
  { git }: HostedRepository,
  pull: PullRecord,
): Promise<void> {
  const name = `refs/pull/${pull.number}/head`;
  const from = await git.refs.read(name);
  if (from !== pull.headSha) {
    await git.refs.move({ name, from, to: pull.headSha });
  }
}

/** The pull request of that number; 404 if there is none. */
export function pullNumbered(
  { record }: HostedRepository,
  number: string,
): PullRecord {
  const pull = record.pulls.find(
    ({ number: known }) => String(known) === number,
  );
  if (!pull) throw notFound();
  return pull;
}

async function checkDifference(
  { record, git }: HostedRepository,
  pull: Pick<PullRecord, 'base' | 'baseSha' | 'head' | 'headSha' | 'fork'>,
): Promise<void> {
  if (await git.isFastForward(pull.headSha, pull.baseSha)) {
    throw validationFailed({
      resource: 'PullRequest',
      code: 'custom',
      message: `No commits between ${pull.base} and ${pull.head}`,
    });
  }
  const exists = record.pulls.some(
    other =>
      other.state === 'open' &&
      other.head === pull.head &&
      other.fork === pull.fork &&
      other.base === pull.base,
  );
  if (exists) {
    throw validationFailed({
      resource: 'PullRequest',
      code: 'custom',
      message: `A pull request already exists for ${headOwner(
        { record },
        pull,
      )}:${pull.head}.`,
    });
  }
}

function invalidField(field: string): ApiError {
  return validationFailed({ resource: 'PullRequest', field, code: 'invalid' });
}
