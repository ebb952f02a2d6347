import { ServiceUnavailableError } from '@backstage/errors';
import { type RevisionOrigin } from '@callboard/backstage-plugin-gitops-common';

/** A commit, as the frontends show it. */
interface Commit {
  readonly revisionID: string;
  readonly author: string;
  readonly date: string;
  readonly message: string;
  readonly tags: readonly string[];
}

/** Of what has no author, as the version of a chart. */
const NONE = 'n/a';

/**
 * Translates who made a revision. No field is empty: Roadie's table shows
 * empty ones as loading, for ever.
 */
export function mapCommit(origin: RevisionOrigin): Commit {
  const { revision, author, at, message, tags } = origin;
  return {
    revisionID: revision.value,
    author: author || NONE,
    date: at ?? '',
    message: message || NONE,
    tags,
  };
}

/**
 * Says that Argo CD could not tell. The frontends ask for all revisions of a
 * history at once, and show none where one fails.
 */
export function unknownCommit(revision: string): (error: unknown) => Commit {
  return error => {
    if (!(error instanceof ServiceUnavailableError)) {
      throw error;
    }
    return {
      revisionID: revision,
      author: 'unknown',
      date: '',
      message: 'Argo CD could not tell who made this commit',
      tags: [],
    };
  };
}
