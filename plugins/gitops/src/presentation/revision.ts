import { type Revision } from '@callboard/backstage-plugin-gitops-common';

/** A revision as people quote it: seven characters of a commit, all of a chart's version. */
export function shortRevision({ kind, value }: Revision): string {
  return kind === 'git' && /^[0-9a-f]{40}$/.test(value)
    ? value.slice(0, 7)
    : value;
}
