import { type Signature } from '../../git/objects';
import { mayBypass } from '../BranchProtection';
import { type HostedRepository } from '../Repositories';
import { type Site } from '../Site';
import { ApiError } from '../http/ApiError';
import { type PullRecord, type UserRecord } from '../records';
import { emailOf } from '../shapes/account';
import { announcePull } from './announcePull';
import { assessPull, mergeOf } from './assessPull';
import { changesOf } from './changesOf';
import { headOwner } from './headOf';

/** How somebody wants a pull request to be merged. */
interface MergeRequest {
  readonly pull: PullRecord;
  readonly actor: UserRecord;
  readonly method: 'merge' | 'squash';
  /** What the head must be. */
  readonly sha?: string | undefined;
  readonly title?: string | undefined;
  readonly message?: string | undefined;
}

/**
 * Merges a pull request into its base and answers the commit.
 *
 * @throws ApiError 405 while it cannot be merged, with what is missing; 409 if
 * its head is not the one that was looked at.
 */
export function mergePull(
  site: Site,
  repository: HostedRepository,
  request: MergeRequest,
): Promise<string> {
  return repository.git.lock.run(async () => {
    const { pull, actor } = request;
    await checkMergeable(site, repository, request);
    const sha = await writeMerge(site, repository, request);
    const before = { ...pull };
    const now = new Date().toISOString();
    Object.assign(pull, {
      state: 'closed',
      mergedAt: now,
      closedAt: now,
      updatedAt: now,
      mergedBy: actor.login,
      mergeCommitSha: sha,
    });
    const name = `refs/heads/${pull.base}`;
    const move = { repository, name, by: actor.login };
    try {
      await site.refs.move({ ...move, from: pull.baseSha, to: sha });
    } catch (error) {
      Object.assign(pull, before);
      throw error;
    }
    const news = { pull, action: 'closed', by: actor.login };
    await announcePull(site, repository, news);
    await removeHead(site, repository, request);
    return sha;
  });
}

async function checkMergeable(
  site: Site,
  repository: HostedRepository,
  { pull, actor, sha }: MergeRequest,
): Promise<void> {
  const refuse = (message: string) => new ApiError(405, message);
  if (pull.state !== 'open') throw refuse('Pull Request is not mergeable');
  if (pull.draft) throw refuse('Pull Request is still a draft');
  if (sha && sha !== pull.headSha) {
    throw new ApiError(
      409,
      'Head branch was modified. Review and try the merge again.',
    );
  }
  const assessment = await assessPull(site, repository, pull);
  if (assessment.conflicts.length > 0) {
    throw refuse('Pull Request is not mergeable');
  }
  const { record } = repository;
  const protection = record.protections[pull.base];
  const mover = site.accounts.mover(record, actor.login);
  const bypass = protection && mayBypass(protection, mover);
  if (assessment.missing.length > 0 && !bypass) {
    throw refuse(assessment.missing.join(' '));
  }
}

async function writeMerge(
  site: Site,
  repository: HostedRepository,
  request: MergeRequest,
): Promise<string> {
  const { pull, method, actor } = request;
  const { tree } = await mergeOf(repository, pull);
  const squash = method === 'squash';
  const words = squash
    ? await squashWords(repository, pull)
    : mergeWords(repository, pull);
  const title = request.title ?? words.title;
  const message = request.message ?? words.message;
  const author = squash ? site.accounts.user(pull.login) ?? actor : actor;
  return repository.git.writeCommit({
    tree,
    parents: squash ? [pull.baseSha] : [pull.baseSha, pull.headSha],
    author: signatureOf(author),
    committer: {
      ...signatureOf(author),
      name: 'GitHub',
      email: 'noreply@localhost',
    },
    message: message ? `${title}\n\n${message}` : title,
  });
}

interface Words {
  readonly title: string;
  readonly message: string;
}

function mergeWords({ record }: HostedRepository, pull: PullRecord): Words {
  const from = `${headOwner({ record }, pull)}/${pull.head}`;
  return {
    title: `Merge pull request #${pull.number} from ${from}`,
    message: pull.title,
  };
}

/** A single commit keeps its words; several are listed under the title. */
async function squashWords(
  repository: HostedRepository,
  pull: PullRecord,
): Promise<Words> {
  const { commits } = await changesOf(repository, pull);
  const messages = await Promise.all(
    commits.map(async sha => (await repository.git.commit(sha))?.message ?? ''),
  );
  const [first = ''] = messages;
  const [subject = '', ...rest] = first.trim().split('\n');
  const number = `(#${pull.number})`;
  return messages.length === 1
    ? { title: `${subject} ${number}`, message: rest.join('\n').trim() }
    : {
        title: `${pull.title} ${number}`,
        message: messages.map(text => `* ${text.trim()}`).join('\n\n'),
      };
}

async function removeHead(
  site: Site,
  repository: HostedRepository,
  { pull, actor }: MergeRequest,
): Promise<void> {
  if (!repository.record.deleteBranchOnMerge || pull.fork) return;
  const name = `refs/heads/${pull.head}`;
  const from = await repository.git.refs.read(name);
  if (from !== pull.headSha) return;
  const move = { repository, name, by: actor.login };
  await site.refs.move({ ...move, from, to: undefined });
}

export function signatureOf(user: UserRecord): Signature {
  return { name: user.name, email: emailOf(user), date: new Date() };
}
