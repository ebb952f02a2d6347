import { type Site } from '../Site';
import {
  type OrganizationRecord,
  type TeamRecord,
  type UserRecord,
} from '../records';

/** GitHub's opaque second identifier. */
export function nodeId(kind: string, id: number | string): string {
  return Buffer.from(`${kind}:${id}`).toString('base64url');
}

/** Schema `simple-user`. */
export function simpleUser(site: Site, login: string): object {
  const user = site.accounts.user(login);
  const org = user ? undefined : site.accounts.organization(login);
  const name = user?.login ?? org?.login ?? login;
  const api = `${site.url}/api/v3/users/${name}`;
  return {
    login: name,
    id: user?.id ?? org?.id ?? 0,
    node_id: nodeId('User', user?.id ?? org?.id ?? 0),
    avatar_url: `${site.url}/-/avatars/${name}.svg`,
    gravatar_id: '',
    url: api,
    html_url: `${site.url}/${name}`,
    followers_url: `${api}/followers`,
    following_url: `${api}/following{/other_user}`,
    gists_url: `${api}/gists{/gist_id}`,
    starred_url: `${api}/starred{/owner}{/repo}`,
    subscriptions_url: `${api}/subscriptions`,
    organizations_url: `${api}/orgs`,
    repos_url: `${api}/repos`,
    events_url: `${api}/events{/privacy}`,
    received_events_url: `${api}/received_events`,
    type: org ? 'Organization' : 'User',
    site_admin: false,
  };
}

/** Schema `public-user`. */
export function publicUser(site: Site, login: string): object {
  const user = site.accounts.user(login);
  const org = site.accounts.organization(login);
  const createdAt = user?.createdAt ?? org?.createdAt ?? '';
  return {
    ...simpleUser(site, login),
    name: user?.name ?? org?.name ?? login,
    company: null,
    blog: '',
    location: null,
    email: user ? emailOf(user) : null,
    hireable: null,
    bio: null,
    public_repos: site.repositories.of(login).length,
    public_gists: 0,
    followers: 0,
    following: 0,
    created_at: createdAt,
    updated_at: createdAt,
  };
}

/** Schema `private-user`: what `GET /user` tells of oneself. */
export function privateUser(site: Site, user: UserRecord): object {
  return {
    ...publicUser(site, user.login),
    private_gists: 0,
    total_private_repos: 0,
    owned_private_repos: 0,
    disk_usage: 0,
    collaborators: 0,
    two_factor_authentication: false,
  };
}

/** Schema `organization-simple`. */
export function simpleOrganization(
  site: Site,
  org: OrganizationRecord,
): object {
  const api = `${site.url}/api/v3/orgs/${org.login}`;
  return {
    login: org.login,
    id: org.id,
    node_id: nodeId('Organization', org.id),
    url: api,
    repos_url: `${api}/repos`,
    events_url: `${api}/events`,
    hooks_url: `${api}/hooks`,
    issues_url: `${api}/issues`,
    members_url: `${api}/members{/member}`,
    public_members_url: `${api}/public_members{/member}`,
    avatar_url: `${site.url}/-/avatars/${org.login}.svg`,
    description: null,
  };
}

/** Schema `organization-full`. */
export function fullOrganization(site: Site, org: OrganizationRecord): object {
  return {
    ...simpleOrganization(site, org),
    name: org.name,
    html_url: `${site.url}/${org.login}`,
    has_organization_projects: false,
    has_repository_projects: false,
    public_repos: site.repositories.of(org.login).length,
    public_gists: 0,
    followers: 0,
    following: 0,
    type: 'Organization',
    created_at: org.createdAt,
    updated_at: org.createdAt,
    archived_at: null,
  };
}

/** Schema `team`. */
export function simpleTeam(site: Site, team: TeamRecord): object {
  const api = `${site.url}/api/v3/organizations/${team.org}/team/${team.id}`;
  return {
    id: team.id,
    node_id: nodeId('Team', team.id),
    name: team.slug,
    slug: team.slug,
    description: null,
    privacy: 'closed',
    type: 'organization',
    permission: 'push',
    url: api,
    html_url: `${site.url}/orgs/${team.org}/teams/${team.slug}`,
    members_url: `${api}/members{/member}`,
    repositories_url: `${api}/repos`,
    organization_id: site.accounts.organization(team.org)?.id ?? 0,
    parent: null,
  };
}

/** Schema `team-full`. */
export function fullTeam(site: Site, team: TeamRecord): object {
  const org = site.accounts.organization(team.org);
  return {
    ...simpleTeam(site, team),
    members_count: team.members.length,
    repos_count: site.repositories.of(team.org).length,
    created_at: team.createdAt,
    updated_at: team.createdAt,
    organization: org && fullOrganization(site, org),
  };
}

/** The address that commits made in somebody's name carry. */
export function emailOf(user: { login: string }): string {
  return `${user.login}@users.noreply.localhost`;
}
