import { type Signature } from '../../git/objects';
import { type UserRecord } from '../records';
import { emailOf } from '../shapes/account';

interface WantedPerson {
  readonly name: string;
  readonly email: string;
  readonly date?: string | undefined;
}

/** Author and committer of a new commit: as asked for, else the account itself. */
export function signatures(
  actor: UserRecord,
  wanted: {
    author?: WantedPerson | undefined;
    committer?: WantedPerson | undefined;
  } = {},
): { author: Signature; committer: Signature } {
  const author = signatureOf(actor, wanted.author);
  const committer = wanted.committer
    ? signatureOf(actor, wanted.committer)
    : author;
  return { author, committer };
}

function signatureOf(
  actor: UserRecord,
  wanted: WantedPerson | undefined,
): Signature {
  const date = wanted?.date ? new Date(wanted.date) : new Date();
  return {
    name: wanted?.name ?? actor.name,
    email: wanted?.email ?? emailOf(actor),
    date,
  };
}
