import {
  type ProposalFacts,
  type ProtectionFacts,
  type ReviewFacts,
} from '@callboard/backstage-plugin-gitops-node';

/**
 * Who makes a pull request anew: the portal as soon as it conflicts, CI with
 * the next version only.
 */
export type Keeper = 'portal' | 'ci';

/**
 * What an open pull request still waits for, in words.
 */
export function describeWaiting(facts: {
  pullRequest: ProposalFacts;
  reviews: ReviewFacts;
  protection: ProtectionFacts;
  base: string;
  keptBy: Keeper;
}): string {
  const { pullRequest, reviews, protection, base, keptBy } = facts;
  if (pullRequest.mergeable === false) {
    return keptBy === 'portal'
      ? `conflicts with ${base}: the portal makes it again, or says there why not`
      : `its conflicts with ${base} to be resolved`;
  }
  if (pullRequest.draft) {
    return 'somebody to mark it as ready for review';
  }
  if (reviews.changesRequestedBy.length > 0) {
    return `changes that ${reviews.changesRequestedBy.join(', ')} asked for`;
  }
  if (!protection.known) {
    return `what ${base} requires, and somebody to merge it`;
  }
  const missing = protection.approvals - reviews.approvedBy.length;
  if (missing > 0) {
    const by = protection.byCodeOwners ? ' by a code owner' : '';
    return `${missing} approving review${missing > 1 ? 's' : ''}${by}`;
  }
  return 'somebody to merge it';
}
