import { type PullRequest } from '@callboard/backstage-plugin-gitops-common';
import {
  type HostedRepository,
  type ProposalFacts,
  type ProtectionFacts,
} from '@callboard/backstage-plugin-gitops-node';
import { describeWaiting, type Keeper } from './describeWaiting';

/** An open pull request as people see it, with what it waits for. */
export async function describePullRequest(
  repository: HostedRepository,
  about: {
    pullRequest: ProposalFacts;
    base: string;
    protection: Promise<ProtectionFacts>;
    keptBy: Keeper;
  },
): Promise<PullRequest> {
  const { pullRequest, base, keptBy } = about;
  const { number, url, title, mergeable } = pullRequest;
  const [reviews, protection] = await Promise.all([
    repository.readReviews(number),
    about.protection,
  ]);
  const facts = { pullRequest, reviews, protection, base, keptBy };
  return {
    number,
    url,
    title,
    waitsFor: describeWaiting(facts),
    ...(mergeable !== undefined && { mergeable }),
  };
}
