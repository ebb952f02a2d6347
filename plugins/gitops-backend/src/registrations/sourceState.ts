import { InputError } from '@backstage/errors';
import { type SourceState } from '@callboard/backstage-plugin-gitops-common';
import {
  RepositoryRefusedError,
  UpstreamError,
} from '@callboard/backstage-plugin-gitops-node';

/** How well a repository could be read, from what was thrown. */
export function sourceStateOf(error: unknown): SourceState {
  if (isHidden(error)) {
    return 'unauthorised';
  }
  if (!(error instanceof UpstreamError)) {
    // It answers, but holds what cannot be read.
    return 'stale';
  }
  return error.failure === 'failed' ? 'unreachable' : error.failure;
}

/** What went wrong, for a person; only our own errors reach here. */
export function wordsOf(error: unknown): string {
  return error instanceof Error ? error.message : 'It could not be read';
}

/** What can be wrong with a repository, or with what it holds. */
export function isTrouble(error: unknown): boolean {
  return (
    error instanceof UpstreamError ||
    error instanceof RepositoryRefusedError ||
    error instanceof InputError
  );
}

/** There is none, or the portal's account may not see it: nobody says which. */
function isHidden(error: unknown): boolean {
  return (
    error instanceof RepositoryRefusedError &&
    (error.refusal === 'missing' || error.refusal === 'no-permission')
  );
}
