import { runGit } from '../../git/runGit';
import { fullNameOf, type HostedRepository } from '../Repositories';
import { type Site } from '../Site';
import { type PullRecord } from '../records';

/** Where the commits of a pull request come from. */
interface Head {
  readonly branch: string;
  /** Full name of the fork that has the branch; absent for the repository itself. */
  readonly fork?: string;
  readonly sha: string;
}

/**
 * Reads `branch`, or `owner:branch`; undefined if there is no such branch. The
 * commits of a fork are copied, since the pull request outlives it.
 */
export async function headOf(
  site: Site,
  repository: HostedRepository,
  head: string,
): Promise<Head | undefined> {
  const { record, git } = repository;
  const at = head.indexOf(':');
  const [owner, branch] =
    at < 0 ? [record.owner, head] : [head.slice(0, at), head.slice(at + 1)];
  const name = `refs/heads/${branch}`;
  if (owner.toLowerCase() === record.owner.toLowerCase()) {
    const sha = await git.refs.read(name);
    return sha ? { branch, sha } : undefined;
  }
  const fork = site.repositories
    .of(owner)
    .find(other => other.record.forkOf === fullNameOf(record));
  const sha = await fork?.git.refs.read(name);
  if (!fork || !sha) return undefined;
  const args = ['fetch', '-q', fork.git.folder, sha];
  await runGit({ folder: git.folder, args });
  return { branch, sha, fork: fullNameOf(fork.record) };
}

/** Who owns the repository that a pull request comes from. */
export function headOwner(
  { record }: Pick<HostedRepository, 'record'>,
  { fork }: Pick<PullRecord, 'fork'>,
): string {
  return fork?.split('/')[0] ?? record.owner;
}
