import { spawn } from 'node:child_process';
import { gitEnvironment } from '../../git/runGit';
import { type Site } from '../Site';
import { notFound } from '../http/ApiError';
import { type Call, param } from '../http/Call';
import { type Reply } from '../http/Reply';
import { type Route } from '../http/Router';
import { encodePath } from '../shapes/commit';
import { repositoryPage } from '../shapes/repository';
import { readable } from './access';

const TARBALL = 'GET /repos/{owner}/{repo}/tarball';

/** Snapshots: the API sends to another address, which sends the file. */
export function archiveRoutes(site: Site): Route[] {
  return [{ operation: `${TARBALL}/{ref}`, handle: c => redirect(site, c) }];
}

async function redirect(site: Site, call: Call): Promise<Reply> {
  const { record } = readable(site, call);
  const page = repositoryPage(site, record);
  const location = `${page}/legacy.tar.gz/${encodePath(param(call, 'ref'))}`;
  return { status: 302, headers: { location } };
}

/** The snapshot itself, with everything in one folder. */
export async function archive(
  site: Site,
  wanted: { owner: string; name: string; ref: string },
): Promise<Reply> {
  const repository = site.repositories.find(wanted.owner, wanted.name);
  const { git, record } = repository ?? {};
  const ref = wanted.ref || record?.defaultBranch;
  const sha = ref && (await git?.resolve(ref));
  if (!git || !record || !sha) throw notFound();
  const folder = `${record.owner}-${record.name}-${sha.slice(0, 7)}`;
  const args = ['archive', '--format=tar.gz', `--prefix=${folder}/`, sha];
  const tar = spawn('git', args, {
    cwd: git.folder,
    env: { ...gitEnvironment, GIT_DIR: git.folder },
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  return {
    status: 200,
    stream: tar.stdout,
    headers: {
      'content-type': 'application/x-gzip',
      'content-disposition': `attachment; filename=${folder}.tar.gz`,
      etag: `"${sha}"`,
    },
  };
}
