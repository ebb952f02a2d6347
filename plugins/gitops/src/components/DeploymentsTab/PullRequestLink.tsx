import { type PullRequest } from '@callboard/backstage-plugin-gitops-common';
import { ExternalLink } from '../common/ExternalLink';

/** Leads to a pull request. */
export function PullRequestLink({ number, url, title }: PullRequest) {
  return (
    <ExternalLink href={url} label={`Pull request #${number}: ${title}`}>
      #{number} {title}
    </ExternalLink>
  );
}
