import { type RefMoved } from '../RefUpdates';
import { type Site } from '../Site';
import { type PullRecord } from '../records';
import { announcePull } from './announcePull';
import { pointTo } from './openPull';

const BRANCHES = 'refs/heads/';

/** What a move of a branch means for the open pull requests from it and into it. */
export async function followBranches(
  site: Site,
  move: RefMoved,
): Promise<void> {
  if (!move.name.startsWith(BRANCHES)) return;
  const branch = move.name.slice(BRANCHES.length);
  const open = move.repository.record.pulls.filter(
    pull => pull.state === 'open',
  );
  for (const pull of open) {
    if (pull.head === branch && !pull.fork) await followHead(site, move, pull);
    if (pull.base === branch) await followBase(site, move, pull);
  }
  site.store.changed();
}

async function followHead(
  site: Site,
  move: RefMoved,
  pull: PullRecord,
): Promise<void> {
  const { repository, from, to, by } = move;
  const now = new Date().toISOString();
  pull.updatedAt = now;
  if (!to) {
    pull.state = 'closed';
    pull.closedAt = now;
    return announcePull(site, repository, { pull, action: 'closed', by });
  }
  pull.headSha = to;
  await pointTo(repository, pull);
  const reviews =
    repository.record.protections[pull.base]?.required_pull_request_reviews;
  if (reviews?.dismiss_stale_reviews) {
    for (const review of pull.reviews) {
      if (review.state === 'APPROVED') review.state = 'DISMISSED';
    }
  }
  const details = { before: from, after: to };
  return announcePull(site, repository, {
    pull,
    action: 'synchronize',
    by,
    details,
  });
}

async function followBase(
  site: Site,
  move: RefMoved,
  pull: PullRecord,
): Promise<void> {
  const { repository, to, by } = move;
  const now = new Date().toISOString();
  if (to && !(await repository.git.isFastForward(pull.headSha, to))) {
    pull.baseSha = to;
    return undefined;
  }
  // Its base has gone, or all its commits have come there some other way.
  pull.state = 'closed';
  pull.closedAt = now;
  pull.updatedAt = now;
  if (to) {
    pull.mergedAt = now;
    pull.mergedBy = by;
    pull.mergeCommitSha = to;
  }
  return announcePull(site, repository, { pull, action: 'closed', by });
}
