import { type WriteMode } from '@callboard/backstage-plugin-gitops-common';

const WORDS: Record<WriteMode, string> = {
  commit: 'committed at once',
  'pull-request': 'a pull request that somebody reviews',
};

/** What becomes of a change; completes "A change there is …". */
export function describeWriteMode(write: WriteMode): string {
  return WORDS[write];
}
