import {
  type ProposalFacts,
  type ProtectionFacts,
  type ReviewFacts,
} from '@callboard/backstage-plugin-gitops-node';

/**
 * What a pull request of ours still waits for, in words.
 */
export function describeWaiting(facts: {
  pullRequest: ProposalFacts;
  reviews: ReviewFacts;
  protection: ProtectionFacts;
  base: string;
}): string {
  const { pullRequest, reviews, protection, base } = facts;
  if (pullRequest.mergeable === false) {
    return `conflicts with ${base}: the portal makes it again, or says there why not`;
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
