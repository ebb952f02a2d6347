import { z } from 'zod';
import { runGit } from '../../git/runGit';
import { fullNameOf } from '../Repositories';
import { type Site } from '../Site';
import { ApiError } from '../http/ApiError';
import { bodyOf, type Call } from '../http/Call';
import { type Reply } from '../http/Reply';
import { type Route } from '../http/Router';
import { fullRepository } from '../shapes/repository';
import { readable, requireActor } from './access';

const NEW_FORK = z.object({ name: z.string().optional() });

/** Copies of repositories, from which pull requests may come. */
export function forkRoutes(site: Site): Route[] {
  return [
    {
      operation: 'POST /repos/{owner}/{repo}/forks',
      handle: c => createFork(site, c),
    },
  ];
}

/** Into the account of whoever asks. GitHub takes its time, hence the 202. */
async function createFork(site: Site, call: Call): Promise<Reply> {
  const { login } = requireActor(call);
  const source = readable(site, call);
  const { name = source.record.name } = bodyOf(call, NEW_FORK);
  if (site.repositories.find(login, name)) {
    throw new ApiError(422, `${login} has a repository ${name} already`);
  }
  const fork = await site.repositories.create({
    owner: login,
    name,
    description: source.record.description,
    forkOf: fullNameOf(source.record),
  });
  await runGit({
    folder: fork.git.folder,
    args: ['fetch', '-q', source.git.folder, '+refs/heads/*:refs/heads/*'],
  });
  const { defaultBranch, empty } = source.record;
  await fork.git.setHead(defaultBranch);
  Object.assign(fork.record, { defaultBranch, empty });
  site.store.changed();
  return { status: 202, body: fullRepository(site, fork.record, login) };
}
