import { type HostedRepository } from '../Repositories';
import { type Site } from '../Site';
import { ApiError, validationFailed } from '../http/ApiError';
import {
  type PullRecord,
  type ReviewRecord,
  type ReviewState,
  type UserRecord,
} from '../records';
import { announcePull, announceReview } from './announcePull';
import { mergeOf } from './assessPull';
import { signatureOf } from './mergePull';
import { pointTo } from './openPull';

/** What may be changed of a pull request. */
interface PullChange {
  readonly title?: string | undefined;
  readonly body?: string | null | undefined;
  readonly state?: 'open' | 'closed' | undefined;
  readonly base?: string | undefined;
}

/** A pull request and who does something with it. */
interface PullAct {
  readonly pull: PullRecord;
  readonly actor: UserRecord;
}

/** Changes words, base or state. */
export async function changePull(
  site: Site,
  repository: HostedRepository,
  { pull, actor, change }: PullAct & { change: PullChange },
): Promise<void> {
  await repository.git.lock.run(async () => {
    pull.updatedAt = new Date().toISOString();
    await edit(repository, pull, change);
    const turned = await turn(repository, pull, change.state);
    site.store.changed();
    const turnedTo = pull.state === 'open' ? 'reopened' : 'closed';
    const action = turned ? turnedTo : 'edited';
    await announcePull(site, repository, { pull, action, by: actor.login });
  });
}

async function edit(
  repository: HostedRepository,
  pull: PullRecord,
  change: PullChange,
): Promise<void> {
  if (change.base && change.base !== pull.base) {
    pull.baseSha = await tipOf(repository, change.base);
    pull.base = change.base;
  }
  pull.title = change.title ?? pull.title;
  if (change.body !== undefined) pull.body = change.body;
}

/** Opens or closes it, and answers whether that changed anything. */
async function turn(
  repository: HostedRepository,
  pull: PullRecord,
  state: PullChange['state'],
): Promise<boolean> {
  if (state === undefined || state === pull.state) return false;
  if (state === 'open') await reopen(repository, pull);
  else {
    pull.state = 'closed';
    pull.closedAt = pull.updatedAt;
  }
  return true;
}

async function reopen(
  repository: HostedRepository,
  pull: PullRecord,
): Promise<void> {
  if (pull.mergedAt) {
    throw validationFailed({
      resource: 'PullRequest',
      code: 'custom',
      field: 'state',
      message: 'state cannot be changed. The pull request has been merged.',
    });
  }
  if (!pull.fork) pull.headSha = await tipOf(repository, pull.head);
  pull.baseSha = await tipOf(repository, pull.base);
  pull.state = 'open';
  pull.closedAt = null;
  await pointTo(repository, pull);
}

async function tipOf(
  { git }: HostedRepository,
  branch: string,
): Promise<string> {
  const sha = await git.refs.read(`refs/heads/${branch}`);
  if (sha) return sha;
  throw validationFailed({
    resource: 'PullRequest',
    code: 'custom',
    field: 'state',
    message: `state cannot be changed. The ${branch} branch has been deleted.`,
  });
}

/**
 * Adds a review.
 *
 * @throws ApiError 422 if the author judges the own pull request.
 */
export async function reviewPull(
  site: Site,
  repository: HostedRepository,
  { pull, actor, state, body }: PullAct & { state: ReviewState; body: string },
): Promise<ReviewRecord> {
  if (pull.login === actor.login && state !== 'COMMENTED') {
    const verb = state === 'APPROVED' ? 'approve' : 'request changes on';
    throw new ApiError(422, 'Unprocessable Entity', [
      `Can not ${verb} your own pull request`,
    ]);
  }
  const review: ReviewRecord = {
    id: site.store.nextId(),
    login: actor.login,
    body,
    state,
    commitId: pull.headSha,
    submittedAt: new Date().toISOString(),
  };
  pull.reviews.push(review);
  pull.updatedAt = review.submittedAt;
  site.store.changed();
  const news = { pull, review, action: 'submitted', by: actor.login };
  await announceReview(site, repository, news);
  return review;
}

/**
 * Merges the base into the head branch.
 *
 * @throws ApiError 422 if that is not needed or not possible.
 */
export function updatePullBranch(
  site: Site,
  repository: HostedRepository,
  { pull, actor, expected }: PullAct & { expected?: string | undefined },
): Promise<void> {
  return repository.git.lock.run(async () => {
    if (expected && expected !== pull.headSha) {
      throw new ApiError(
        422,
        `expected head sha didn't match current head ref.`,
      );
    }
    if (pull.fork) {
      throw new ApiError(501, 'The sandbox does not write to forks');
    }
    const { git } = repository;
    if (await git.isFastForward(pull.baseSha, pull.headSha)) {
      throw new ApiError(422, 'There are no new commits on the base branch.');
    }
    const { tree, conflicts } = await mergeOf(repository, pull);
    if (conflicts.length > 0) {
      throw new ApiError(422, 'merge conflict between base and head');
    }
    const signature = signatureOf(actor);
    const to = await git.writeCommit({
      tree,
      parents: [pull.headSha, pull.baseSha],
      author: signature,
      committer: signature,
      message: `Merge branch '${pull.base}' into ${pull.head}`,
    });
    await site.refs.move({
      repository,
      name: `refs/heads/${pull.head}`,
      from: pull.headSha,
      to,
      by: actor.login,
    });
  });
}
