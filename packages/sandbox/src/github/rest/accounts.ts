import { z } from 'zod';
import { type Site } from '../Site';
import { notFound } from '../http/ApiError';
import { type Call, bodyOf, param } from '../http/Call';
import { type Reply, noContent, ok } from '../http/Reply';
import { type Route } from '../http/Router';
import { paged } from '../http/paging';
import { type OrganizationRecord, type TeamRecord } from '../records';
import {
  fullOrganization,
  fullTeam,
  privateUser,
  publicUser,
  simpleOrganization,
  simpleTeam,
  simpleUser,
} from '../shapes/account';
import { administrable, readable, requireActor } from './access';

const TEAM = '/orgs/{org}/teams/{team_slug}';
const COLLABORATOR = '/repos/{owner}/{repo}/collaborators/{username}';

/** People, organisations, teams, and who may write where. */
export function accountRoutes(site: Site): Route[] {
  return [
    { operation: 'GET /user', handle: c => getMyself(site, c) },
    { operation: 'GET /user/orgs', handle: c => listMyOrgs(site, c) },
    { operation: 'GET /users/{username}', handle: c => getUser(site, c) },
    { operation: 'GET /orgs/{org}', handle: c => getOrg(site, c) },
    { operation: 'GET /orgs/{org}/members', handle: c => listMembers(site, c) },
    { operation: 'GET /orgs/{org}/teams', handle: c => listTeams(site, c) },
    { operation: `GET ${TEAM}`, handle: c => getTeam(site, c) },
    { operation: `GET ${TEAM}/members`, handle: c => listTeamMembers(site, c) },
    {
      operation: `PUT ${TEAM}/repos/{owner}/{repo}`,
      handle: c => addTeamRepository(site, c),
    },
    { operation: `GET ${COLLABORATOR}`, handle: c => isCollaborator(site, c) },
    { operation: `PUT ${COLLABORATOR}`, handle: c => addCollaborator(site, c) },
    {
      operation: `GET ${COLLABORATOR}/permission`,
      handle: c => getPermission(site, c),
    },
  ];
}

async function getMyself(site: Site, call: Call): Promise<Reply> {
  return ok(privateUser(site, requireActor(call)));
}

async function listMyOrgs(site: Site, call: Call): Promise<Reply> {
  const orgs = site.accounts.organizationsOf(requireActor(call).login);
  return paged(call, orgs, org => simpleOrganization(site, org));
}

async function getUser(site: Site, call: Call): Promise<Reply> {
  const login = param(call, 'username');
  const account =
    site.accounts.user(login) ?? site.accounts.organization(login);
  if (!account) throw notFound();
  return ok(publicUser(site, account.login));
}

async function getOrg(site: Site, call: Call): Promise<Reply> {
  return ok(fullOrganization(site, orgOf(site, call)));
}

async function listMembers(site: Site, call: Call): Promise<Reply> {
  const { members } = orgOf(site, call);
  return paged(call, members, login => simpleUser(site, login));
}

async function listTeams(site: Site, call: Call): Promise<Reply> {
  const teams = site.accounts.teams(orgOf(site, call).login);
  return paged(call, teams, team => simpleTeam(site, team));
}

async function getTeam(site: Site, call: Call): Promise<Reply> {
  return ok(fullTeam(site, teamOf(site, call)));
}

async function listTeamMembers(site: Site, call: Call): Promise<Reply> {
  const { members } = teamOf(site, call);
  return paged(call, members, login => simpleUser(site, login));
}

/** Members may write everywhere already: there is nothing to add. */
async function addTeamRepository(site: Site, call: Call): Promise<Reply> {
  teamOf(site, call);
  administrable(site, call);
  return noContent;
}

async function addCollaborator(site: Site, call: Call): Promise<Reply> {
  administrable(site, call);
  bodyOf(call, z.object({ permission: z.string().optional() }));
  if (!site.accounts.user(param(call, 'username'))) throw notFound();
  return noContent;
}

async function isCollaborator(site: Site, call: Call): Promise<Reply> {
  const { record } = readable(site, call);
  if (!site.accounts.mayWrite(record, param(call, 'username'))) {
    throw notFound();
  }
  return noContent;
}

async function getPermission(site: Site, call: Call): Promise<Reply> {
  const { record } = readable(site, call);
  const login = param(call, 'username');
  if (!site.accounts.user(login)) throw notFound();
  const write = site.accounts.mayWrite(record, login);
  const role = write ? 'admin' : 'read';
  const permissions = {
    pull: true,
    triage: write,
    push: write,
    maintain: write,
    admin: write,
  };
  return ok({
    permission: role,
    role_name: role,
    user: { ...simpleUser(site, login), permissions, role_name: role },
  });
}

function orgOf(site: Site, call: Call): OrganizationRecord {
  const org = site.accounts.organization(param(call, 'org'));
  if (!org) throw notFound();
  return org;
}

function teamOf(site: Site, call: Call): TeamRecord {
  const slug = param(call, 'team_slug');
  const team = site.accounts
    .teams(orgOf(site, call).login)
    .find(candidate => candidate.slug === slug);
  if (!team) throw notFound();
  return team;
}
