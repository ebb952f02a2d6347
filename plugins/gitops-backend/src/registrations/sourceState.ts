import { type SourceState } from '@callboard/backstage-plugin-gitops-common';
import { UpstreamError } from '@callboard/backstage-plugin-gitops-node';

/** How well a repository could be read, from what was thrown. */
export function sourceStateOf(error: unknown): SourceState {
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
