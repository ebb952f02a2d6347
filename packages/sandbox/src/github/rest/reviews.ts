import { z } from 'zod';
import { type Site } from '../Site';
import { ApiError, notFound, validationFailed } from '../http/ApiError';
import { type Call, bodyOf, param } from '../http/Call';
import { type Reply, created, ok } from '../http/Reply';
import { type Route } from '../http/Router';
import { paged } from '../http/paging';
import { reviewPull } from '../pulls/changePull';
import { type CommentRecord, type ReviewState } from '../records';
import { commentShape, reviewShape, simplePull } from '../shapes/pull';
import { requireActor, writable } from './access';
import { pullOf } from './pulls';

const PULL = '/repos/{owner}/{repo}/pulls/{pull_number}';
const COMMENTS = '/repos/{owner}/{repo}/issues/{issue_number}/comments';

const NEW_REVIEW = z.object({
  event: z.enum(['APPROVE', 'REQUEST_CHANGES', 'COMMENT']).optional(),
  body: z.string().nullish(),
});

const STATES: Record<string, ReviewState> = {
  APPROVE: 'APPROVED',
  REQUEST_CHANGES: 'CHANGES_REQUESTED',
  COMMENT: 'COMMENTED',
};

/** What people say about pull requests. */
export function reviewRoutes(site: Site): Route[] {
  return [
    { operation: `GET ${PULL}/reviews`, handle: c => listReviews(site, c) },
    { operation: `POST ${PULL}/reviews`, handle: c => createReview(site, c) },
    {
      operation: `GET ${PULL}/reviews/{review_id}`,
      handle: c => getReview(site, c),
    },
    {
      operation: `POST ${PULL}/requested_reviewers`,
      handle: c => requestReviewers(site, c),
    },
    { operation: `GET ${COMMENTS}`, handle: c => listComments(site, c) },
    { operation: `POST ${COMMENTS}`, handle: c => createComment(site, c) },
  ];
}

async function listReviews(site: Site, call: Call): Promise<Reply> {
  const { pull, record } = pullOf(site, call);
  return paged(call, pull.reviews, review =>
    reviewShape(site, { record, pull }, review),
  );
}

async function getReview(site: Site, call: Call): Promise<Reply> {
  const { pull, record } = pullOf(site, call);
  const id = param(call, 'review_id');
  const review = pull.reviews.find(known => String(known.id) === id);
  if (!review) throw notFound();
  return ok(reviewShape(site, { record, pull }, review));
}

async function createReview(site: Site, call: Call): Promise<Reply> {
  const actor = requireActor(call);
  const { pull, ...repository } = pullOf(site, call);
  const { event, body } = bodyOf(call, NEW_REVIEW);
  const state = event && STATES[event];
  if (!state) {
    throw new ApiError(
      501,
      'Reviews that wait are not in the sandbox: send an event',
    );
  }
  if (state !== 'APPROVED' && !body) {
    throw new ApiError(422, 'Unprocessable Entity', ['Body cannot be blank']);
  }
  const review = await reviewPull(site, repository, {
    pull,
    actor,
    state,
    body: body ?? '',
  });
  const { record } = repository;
  return ok(reviewShape(site, { record, pull }, review));
}

async function requestReviewers(site: Site, call: Call): Promise<Reply> {
  const { record } = writable(site, call);
  const { pull } = pullOf(site, call);
  const { reviewers = [] } = bodyOf(
    call,
    z.object({ reviewers: z.array(z.string()).optional() }),
  );
  for (const login of reviewers) {
    if (!site.accounts.user(login) || login === pull.login) {
      throw new ApiError(
        422,
        login === pull.login
          ? 'Review cannot be requested from pull request author.'
          : 'Reviews may only be requested from collaborators.',
      );
    }
  }
  const all = new Set([...pull.requestedReviewers, ...reviewers]);
  pull.requestedReviewers = [...all];
  site.store.changed();
  return created(simplePull(site, record, pull));
}

async function listComments(site: Site, call: Call): Promise<Reply> {
  const { pull, record } = pullOf(site, call);
  return paged(call, pull.comments, comment =>
    commentShape(site, { record, pull }, comment),
  );
}

async function createComment(site: Site, call: Call): Promise<Reply> {
  const { login } = requireActor(call);
  const { pull, record } = pullOf(site, call);
  const { body } = bodyOf(call, z.object({ body: z.string() }));
  if (!body.trim()) {
    throw validationFailed({
      resource: 'IssueComment',
      field: 'body',
      code: 'missing_field',
    });
  }
  const comment: CommentRecord = {
    id: site.store.nextId(),
    login,
    body,
    createdAt: new Date().toISOString(),
  };
  pull.comments.push(comment);
  site.store.changed();
  const shape = commentShape(site, { record, pull }, comment);
  return created(shape);
}
