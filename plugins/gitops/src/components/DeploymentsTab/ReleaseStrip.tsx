import { type WaitingRelease } from '@callboard/backstage-plugin-gitops-common';
import { lookOfRelease } from '../../presentation/status';
import { PullRequestLink } from './PullRequestLink';
import { Strip } from './Strip';

/** A version that is built and waits for a person, and what for. */
export function ReleaseStrip({ release }: { release: WaitingRelease }) {
  const { waitsFor, mergeable } = release.pullRequest;
  return (
    <Strip look={lookOfRelease(release)}>
      <PullRequestLink {...release.pullRequest} /> waits for{' '}
      {waitsFor ?? 'somebody to merge it'}.{' '}
      {mergeable === false
        ? 'CI makes it anew with the next version.'
        : 'After the merge Argo CD deploys it.'}
    </Strip>
  );
}
