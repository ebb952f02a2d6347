import { type HostedRepository } from '../Repositories';
import { type Site } from '../Site';
import { type PullRecord, type ReviewRecord } from '../records';
import { simpleOrganization, simpleUser } from '../shapes/account';
import { fullPull, reviewShape } from '../shapes/pull';
import { fullRepository } from '../shapes/repository';

/** Something that happened to a pull request. */
interface PullNews {
  readonly pull: PullRecord;
  /** As in the webhook: `opened`, `synchronize`, `closed`, ... */
  readonly action: string;
  /** Login. */
  readonly by: string;
  /** More for the event's payload. */
  readonly details?: object;
}

/** Posts a `pull_request` event. */
export async function announcePull(
  site: Site,
  repository: HostedRepository,
  news: PullNews,
): Promise<void> {
  await site.webhooks.emit({
    name: 'pull_request',
    repository: repository.record,
    payload: () => payloadOf(site, repository, news),
  });
}

/** Posts a `pull_request_review` event. */
export async function announceReview(
  site: Site,
  repository: HostedRepository,
  news: PullNews & { readonly review: ReviewRecord },
): Promise<void> {
  const { record } = repository;
  const review = {
    ...reviewShape(site, { record, pull: news.pull }, news.review),
    // Only in events it is written small.
    state: news.review.state.toLowerCase(),
  };
  const details = { ...news.details, review };
  await site.webhooks.emit({
    name: 'pull_request_review',
    repository: record,
    payload: () => payloadOf(site, repository, { ...news, details }),
  });
}

async function payloadOf(
  site: Site,
  repository: HostedRepository,
  { pull, action, by, details }: PullNews,
): Promise<object> {
  const { record } = repository;
  const org = site.accounts.organization(record.owner);
  return {
    action,
    number: pull.number,
    pull_request: await fullPull(site, repository, { pull }),
    ...details,
    repository: fullRepository(site, record, by),
    ...(org && { organization: simpleOrganization(site, org) }),
    sender: simpleUser(site, by),
  };
}
