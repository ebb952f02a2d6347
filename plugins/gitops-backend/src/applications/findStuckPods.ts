import { type ArgoTreeNode } from '../argocd/detailSchema';
import { keyOf, nameOf } from '../argocd/nameOf';
import { idOf, ownerOf } from '../argocd/treeOwner';
import { isStuckPod } from './derivePodMessage';

/** A pod that does not get any further by itself. */
export interface StuckPod {
  readonly pod: ArgoTreeNode;
  /** Key of the application's object that it comes from. */
  readonly from: string;
}

/**
 * The pods that are stuck, each with the object at the beginning of its chain
 * of owners, which is one that the application deploys by itself.
 *
 * @param nodes - of the application's resource tree.
 */
export function findStuckPods(nodes: readonly ArgoTreeNode[]): StuckPod[] {
  const byId = new Map(nodes.map(node => [idOf(node), node]));
  const ids = new Set(byId.keys());
  return nodes.filter(isStuckPod).map(pod => {
    let first = pod;
    const passed = new Set<string>();
    for (
      let owner = ownerOf(pod, ids);
      owner !== undefined && !passed.has(owner);
      owner = ownerOf(first, ids)
    ) {
      passed.add(owner);
      first = byId.get(owner) ?? first;
    }
    return { pod, from: keyOf(nameOf(first)) };
  });
}
