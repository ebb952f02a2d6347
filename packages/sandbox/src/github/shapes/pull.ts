import { type HostedRepository } from '../Repositories';
import { type Site } from '../Site';
import { type Assessment } from '../pulls/assessPull';
import { changesOf } from '../pulls/changesOf';
import {
  type CommentRecord,
  type PullRecord,
  type RepositoryRecord,
  type ReviewRecord,
} from '../records';
import { nodeId, simpleUser } from './account';
import { fullRepository, repositoryApi, repositoryPage } from './repository';

/** Schema `pull-request-simple`, as in lists. */
export function simplePull(
  site: Site,
  record: RepositoryRecord,
  pull: PullRecord,
): object {
  const side = (ref: string, sha: string, of = record) => ({
    label: `${of.owner}:${ref}`,
    ref,
    sha,
    user: simpleUser(site, of.owner),
    repo: fullRepository(site, of),
  });
  const [owner = '', name = ''] = pull.fork?.split('/') ?? [];
  const fork = site.repositories.find(owner, name)?.record;
  return {
    id: pull.id,
    node_id: nodeId('PullRequest', pull.id),
    number: pull.number,
    ...pullLinks(site, record, pull),
    state: pull.state,
    locked: false,
    title: pull.title,
    user: simpleUser(site, pull.login),
    body: pull.body,
    created_at: pull.createdAt,
    updated_at: pull.updatedAt,
    closed_at: pull.closedAt,
    merged_at: pull.mergedAt,
    merge_commit_sha: pull.mergeCommitSha,
    assignee: null,
    assignees: [],
    requested_reviewers: pull.requestedReviewers.map(login =>
      simpleUser(site, login),
    ),
    requested_teams: [],
    labels: [],
    milestone: null,
    draft: pull.draft,
    head: side(pull.head, pull.headSha, fork),
    base: side(pull.base, pull.baseSha),
    author_association: 'MEMBER',
    auto_merge: null,
    active_lock_reason: null,
  };
}

function pullLinks(
  site: Site,
  record: RepositoryRecord,
  pull: PullRecord,
): object {
  const api = repositoryApi(site, record);
  const self = `${api}/pulls/${pull.number}`;
  const html = `${repositoryPage(site, record)}/pull/${pull.number}`;
  const links = {
    self,
    html,
    issue: `${api}/issues/${pull.number}`,
    comments: `${api}/issues/${pull.number}/comments`,
    review_comments: `${self}/comments`,
    review_comment: `${api}/pulls/comments{/number}`,
    commits: `${self}/commits`,
    statuses: `${api}/statuses/${pull.headSha}`,
  };
  return {
    url: self,
    html_url: html,
    diff_url: `${html}.diff`,
    patch_url: `${html}.patch`,
    issue_url: links.issue,
    commits_url: links.commits,
    review_comments_url: links.review_comments,
    review_comment_url: links.review_comment,
    comments_url: links.comments,
    statuses_url: links.statuses,
    _links: Object.fromEntries(
      Object.entries(links).map(([name, href]) => [name, { href }]),
    ),
  };
}

/**
 * Schema `pull-request`. Without an assessment mergeability is said to be
 * unknown, as GitHub does in events.
 */
export async function fullPull(
  site: Site,
  repository: HostedRepository,
  { pull, assessment }: { pull: PullRecord; assessment?: Assessment },
): Promise<object> {
  const { commits, files } = await changesOf(repository, pull);
  const sum = (key: 'additions' | 'deletions') =>
    files.reduce((total, file) => total + file[key], 0);
  return {
    ...simplePull(site, repository.record, pull),
    merged: pull.mergedAt !== null,
    mergeable: assessment?.mergeable ?? null,
    rebaseable: false,
    mergeable_state: assessment?.state ?? 'unknown',
    merged_by: pull.mergedBy ? simpleUser(site, pull.mergedBy) : null,
    comments: pull.comments.length,
    review_comments: 0,
    maintainer_can_modify: false,
    commits: commits.length,
    additions: sum('additions'),
    deletions: sum('deletions'),
    changed_files: files.length,
  };
}

interface OfPull {
  readonly record: RepositoryRecord;
  readonly pull: PullRecord;
}

/** Schema `pull-request-review`. */
export function reviewShape(
  site: Site,
  { record, pull }: OfPull,
  review: ReviewRecord,
): object {
  const page = `${repositoryPage(site, record)}/pull/${pull.number}`;
  const html = `${page}#pullrequestreview-${review.id}`;
  const url = `${repositoryApi(site, record)}/pulls/${pull.number}`;
  return {
    id: review.id,
    node_id: nodeId('PullRequestReview', review.id),
    user: simpleUser(site, review.login),
    body: review.body,
    state: review.state,
    html_url: html,
    pull_request_url: url,
    _links: { html: { href: html }, pull_request: { href: url } },
    submitted_at: review.submittedAt,
    commit_id: review.commitId,
    author_association: 'MEMBER',
  };
}

/** Schema `issue-comment`. */
export function commentShape(
  site: Site,
  { record, pull }: OfPull,
  comment: CommentRecord,
): object {
  const api = repositoryApi(site, record);
  const page = `${repositoryPage(site, record)}/pull/${pull.number}`;
  return {
    id: comment.id,
    node_id: nodeId('IssueComment', comment.id),
    url: `${api}/issues/comments/${comment.id}`,
    html_url: `${page}#issuecomment-${comment.id}`,
    body: comment.body,
    user: simpleUser(site, comment.login),
    created_at: comment.createdAt,
    updated_at: comment.createdAt,
    issue_url: `${api}/issues/${pull.number}`,
    author_association: 'MEMBER',
    performed_via_github_app: null,
  };
}
