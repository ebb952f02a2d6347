import { fullNameOf } from '../Repositories';
import { type Site } from '../Site';
import { type RepositoryRecord } from '../records';
import { nodeId, simpleUser } from './account';

/** Templates of the addresses below a repository's, by property. */
const LINKS: Record<string, string> = {
  archive_url: '/{archive_format}{/ref}',
  assignees_url: '/assignees{/user}',
  blobs_url: '/git/blobs{/sha}',
  branches_url: '/branches{/branch}',
  collaborators_url: '/collaborators{/collaborator}',
  comments_url: '/comments{/number}',
  commits_url: '/commits{/sha}',
  compare_url: '/compare/{base}...{head}',
  contents_url: '/contents/{+path}',
  contributors_url: '/contributors',
  deployments_url: '/deployments',
  downloads_url: '/downloads',
  events_url: '/events',
  forks_url: '/forks',
  git_commits_url: '/git/commits{/sha}',
  git_refs_url: '/git/refs{/sha}',
  git_tags_url: '/git/tags{/sha}',
  hooks_url: '/hooks',
  issue_comment_url: '/issues/comments{/number}',
  issue_events_url: '/issues/events{/number}',
  issues_url: '/issues{/number}',
  keys_url: '/keys{/key_id}',
  labels_url: '/labels{/name}',
  languages_url: '/languages',
  merges_url: '/merges',
  milestones_url: '/milestones{/number}',
  notifications_url: '/notifications{?since,all,participating}',
  pulls_url: '/pulls{/number}',
  releases_url: '/releases{/id}',
  stargazers_url: '/stargazers',
  statuses_url: '/statuses/{sha}',
  subscribers_url: '/subscribers',
  subscription_url: '/subscription',
  tags_url: '/tags',
  teams_url: '/teams',
  trees_url: '/git/trees{/sha}',
};

/**
 * Schema `full-repository`, which the smaller ones are part of.
 *
 * @param viewer - login of whoever asks, for `permissions`
 */
export function fullRepository(
  site: Site,
  record: RepositoryRecord,
  viewer?: string,
): object {
  const api = repositoryApi(site, record);
  const html = repositoryPage(site, record);
  const owner = simpleUser(site, record.owner);
  const open = record.pulls.filter(pull => pull.state === 'open').length;
  const links = Object.entries(LINKS).map(([key, path]) => [key, api + path]);
  return {
    id: record.id,
    node_id: nodeId('Repository', record.id),
    name: record.name,
    full_name: fullNameOf(record),
    private: false,
    owner,
    ...(site.accounts.organization(record.owner) && { organization: owner }),
    html_url: html,
    description: record.description,
    fork: record.forkOf !== undefined,
    url: api,
    ...Object.fromEntries(links),
    git_url: `${html}.git`,
    ssh_url: `${html}.git`,
    clone_url: `${html}.git`,
    svn_url: html,
    mirror_url: null,
    homepage: record.homepage,
    language: null,
    license: null,
    // Clients take 0 for: nothing was ever pushed.
    size: record.empty ? 0 : 1,
    forks: 0,
    forks_count: 0,
    stargazers_count: 0,
    watchers: 0,
    watchers_count: 0,
    network_count: 0,
    subscribers_count: 0,
    open_issues: open,
    open_issues_count: open,
    ...settingsOf(record),
    permissions: permissionsOf(site, record, viewer),
  };
}

function settingsOf(record: RepositoryRecord): object {
  return {
    topics: record.topics,
    has_issues: false,
    has_projects: false,
    has_wiki: false,
    has_pages: false,
    has_downloads: false,
    has_discussions: false,
    archived: record.archived,
    disabled: false,
    is_template: false,
    allow_forking: true,
    web_commit_signoff_required: false,
    visibility: 'public',
    default_branch: record.defaultBranch,
    allow_squash_merge: true,
    allow_merge_commit: true,
    allow_rebase_merge: false,
    allow_auto_merge: false,
    delete_branch_on_merge: record.deleteBranchOnMerge,
    allow_update_branch: true,
    pushed_at: record.pushedAt,
    created_at: record.createdAt,
    updated_at: record.updatedAt,
  };
}

function permissionsOf(
  site: Site,
  record: RepositoryRecord,
  viewer: string | undefined,
): object {
  const write = site.accounts.mayWrite(record, viewer);
  return {
    admin: write,
    maintain: write,
    push: write,
    triage: write,
    pull: true,
  };
}

/** The repository's address in the API. */
export function repositoryApi(site: Site, record: RepositoryRecord): string {
  return `${site.url}/api/v3/repos/${fullNameOf(record)}`;
}

/** The repository's page. */
export function repositoryPage(site: Site, record: RepositoryRecord): string {
  return `${site.url}/${fullNameOf(record)}`;
}
