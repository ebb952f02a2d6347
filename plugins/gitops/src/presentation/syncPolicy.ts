import { type DeploymentDetail } from '@callboard/backstage-plugin-gitops-common';

/** When Argo CD acts on its own, in sentences. */
export function describeSyncPolicy(
  policy: DeploymentDetail['syncPolicy'],
): string {
  if (!policy.automated) {
    return 'Argo CD waits for somebody to sync: it changes nothing on its own.';
  }
  return [
    'Argo CD syncs on its own when Git changes.',
    policy.prune
      ? 'It deletes what is no longer in Git.'
      : 'It keeps what is no longer in Git until somebody deletes it.',
    policy.selfHeal
      ? 'It undoes what is changed in the cluster by hand.'
      : 'It leaves alone what is changed in the cluster by hand.',
  ].join(' ');
}
