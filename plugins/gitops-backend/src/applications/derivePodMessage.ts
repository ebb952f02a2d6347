import { type ArgoTreeNode } from '../argocd/detailSchema';

/** A pod that Argo CD calls so is one that does not get any further by itself. */
const STUCK = 'Degraded';

export function isStuckPod({ kind, health }: ArgoTreeNode): boolean {
  return kind === 'Pod' && health?.status === STUCK;
}

/**
 * What keeps the newest pod that is stuck, in the cluster's words: an image that
 * cannot be pulled, a container that crashes. Argo CD knows it long before the
 * pod's Deployment is given up, and the application's health never tells.
 *
 * @param nodes - of the application's resource tree.
 */
export function derivePodMessage(
  nodes: readonly ArgoTreeNode[],
): string | undefined {
  const [newest] = nodes
    .filter(isStuckPod)
    .sort((a, b) => (b.createdAt ?? '').localeCompare(a.createdAt ?? ''));
  const words = newest && wordsOf(newest);
  return words ? `Pod ${newest.name}: ${words}` : undefined;
}

/** `populatePodInfo` of Argo CD's controller/cache/info.go names the facts. */
function wordsOf({ info, health }: ArgoTreeNode): string {
  const fact = (name: string) => info?.find(item => item.name === name)?.value;
  const reason = fact('Status Reason');
  const restarts = fact('Restart Count');
  return [
    reason === 'Running' ? 'crashed, and runs again' : reason,
    restarts && `${restarts} ${restarts === '1' ? 'restart' : 'restarts'}`,
    // It says the same once more, with the pod's id.
    reason !== 'CrashLoopBackOff' && health?.message,
  ]
    .filter(Boolean)
    .join(', ');
}
