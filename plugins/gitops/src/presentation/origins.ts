import { type RevisionOrigin } from '@callboard/backstage-plugin-gitops-common';

/** A commit's message, taken apart. */
interface CommitMessage {
  readonly subject: string;
  readonly body?: string;
}

/** A pull request that a commit came by. */
interface PullRequestLink {
  readonly number: number;
  /** Absent where the hosting's addresses are not known. */
  readonly url?: string;
}

/** The first line, and the rest. */
export function splitMessage(message: string): CommitMessage {
  const [subject = '', ...rest] = message.trim().split('\n');
  const body = rest.join('\n').trim();
  return { subject: subject.trim(), ...(body && { body }) };
}

/**
 * The pull request that the commit's subject names: `Merge pull request #12`
 * of a merge, or `(#12)` at the end of a squashed one.
 */
export function pullRequestOf({
  message,
  revision,
}: RevisionOrigin): PullRequestLink | undefined {
  const { subject } = splitMessage(message ?? '');
  const number =
    subject.match(/^Merge pull request #(\d+)/)?.[1] ??
    subject.match(/\(#(\d+)\)$/)?.[1];
  if (!number) {
    return undefined;
  }
  // GitHub and Gitea; in GitLab, #12 is an issue.
  const repository = revision.url?.match(
    /^(https?:\/\/.+)\/commit\/[0-9a-f]+$/,
  )?.[1];
  return {
    number: Number(number),
    ...(repository &&
      !repository.endsWith('/-') && { url: `${repository}/pull/${number}` }),
  };
}
