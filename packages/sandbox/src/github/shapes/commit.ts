import { type FileDiff } from '../../git/fileDiffs';
import { type Commit, type Signature } from '../../git/objects';
import { type Site } from '../Site';
import { type RepositoryRecord } from '../records';
import { nodeId, simpleUser } from './account';
import { repositoryApi, repositoryPage } from './repository';

const VERIFICATION = {
  verified: false,
  reason: 'unsigned',
  signature: null,
  payload: null,
  verified_at: null,
};

/** Seconds are all that a commit keeps. */
export function timeOf(date: Date): string {
  return date.toISOString().replace('.000Z', 'Z');
}

/** Schema `git-commit`: a commit as an object. */
export function gitCommit(
  site: Site,
  record: RepositoryRecord,
  commit: Commit,
): object {
  const api = repositoryApi(site, record);
  const page = repositoryPage(site, record);
  return {
    sha: commit.sha,
    node_id: nodeId('Commit', commit.sha),
    url: `${api}/git/commits/${commit.sha}`,
    html_url: `${page}/commit/${commit.sha}`,
    author: person(commit.author),
    committer: person(commit.committer),
    tree: { sha: commit.tree, url: `${api}/git/trees/${commit.tree}` },
    message: commit.message.trimEnd(),
    parents: commit.parents.map(sha => ({
      sha,
      url: `${api}/git/commits/${sha}`,
      html_url: `${page}/commit/${sha}`,
    })),
    verification: VERIFICATION,
  };
}

/** Schema `commit`: a commit in a history, with the accounts behind it. */
export function historyCommit(
  site: Site,
  record: RepositoryRecord,
  commit: Commit,
): object {
  const api = repositoryApi(site, record);
  const page = repositoryPage(site, record);
  return {
    sha: commit.sha,
    node_id: nodeId('Commit', commit.sha),
    url: `${api}/commits/${commit.sha}`,
    html_url: `${page}/commit/${commit.sha}`,
    comments_url: `${api}/commits/${commit.sha}/comments`,
    commit: {
      url: `${api}/git/commits/${commit.sha}`,
      author: person(commit.author),
      committer: person(commit.committer),
      message: commit.message.trimEnd(),
      tree: { sha: commit.tree, url: `${api}/git/trees/${commit.tree}` },
      comment_count: 0,
      verification: VERIFICATION,
    },
    author: accountOf(site, commit.author),
    committer: accountOf(site, commit.committer),
    parents: commit.parents.map(sha => ({
      sha,
      url: `${api}/commits/${sha}`,
      html_url: `${page}/commit/${sha}`,
    })),
  };
}

/** Schema `diff-entry`. */
export function diffEntry(
  site: Site,
  repository: { record: RepositoryRecord; commit: string },
  file: FileDiff,
): object {
  const { record, commit } = repository;
  const path = encodePath(file.path);
  const page = repositoryPage(site, record);
  return {
    sha: file.sha,
    filename: file.path,
    status: file.status,
    additions: file.additions,
    deletions: file.deletions,
    changes: file.additions + file.deletions,
    blob_url: `${page}/blob/${commit}/${path}`,
    raw_url: `${page}/raw/${commit}/${path}`,
    contents_url: `${repositoryApi(
      site,
      record,
    )}/contents/${path}?ref=${commit}`,
    ...(file.patch !== undefined && { patch: file.patch }),
    ...(file.previousPath && { previous_filename: file.previousPath }),
  };
}

export function encodePath(path: string): string {
  return path.split('/').map(encodeURIComponent).join('/');
}

/** The login behind a signature: by address, else by name. */
export function loginOf(site: Site, signature: Signature): string | undefined {
  const [local = ''] = signature.email.split('@');
  const byAddress = site.accounts.user(local);
  return (byAddress ?? site.accounts.user(signature.name))?.login;
}

function accountOf(site: Site, signature: Signature): object | null {
  const login = loginOf(site, signature);
  return login ? simpleUser(site, login) : null;
}

function person({ name, email, date }: Signature): object {
  return { name, email, date: timeOf(date) };
}
