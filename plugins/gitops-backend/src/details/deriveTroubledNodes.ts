import { type ArgoTreeNode } from '../argocd/detailSchema';

/** What Argo CD needs to find the events of an object. */
export interface EventSubject {
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
  readonly uid: string;
}

/** An Application that this one brings has details of its own. */
const APPLICATION = 'Application';
const FINE: readonly string[] = ['Healthy', 'Suspended'];
/** `populatePodInfo` of Argo CD's controller/cache/info.go; there from the first restart on. */
const RESTARTS = 'Restart Count';

/**
 * Objects whose events may tell what is wrong, with their owners: the newest of
 * those that are not healthy first, then pods that run again after a restart,
 * which may have been long ago.
 *
 * @param nodes - of the application's resource tree.
 */
export function deriveTroubledNodes(
  nodes: readonly ArgoTreeNode[],
): EventSubject[] {
  const byUid = new Map(
    nodes.flatMap(node =>
      node.uid && node.kind !== APPLICATION ? [[node.uid, node]] : [],
    ),
  );
  const live = [...byUid.values()];
  const ill = withOwners(live.filter(isIll), byUid);
  const restarted = withOwners(live.filter(wasRestarted), byUid);
  const order = [...newestFirst(ill), ...newestFirst(restarted)];
  return [...new Set(order)].map(toSubject);
}

function isIll({ health }: ArgoTreeNode): boolean {
  return Boolean(health?.status) && !FINE.includes(health?.status ?? '');
}

function wasRestarted({ info }: ArgoTreeNode): boolean {
  return Boolean(info?.some(({ name }) => name === RESTARTS));
}

function withOwners(
  nodes: readonly ArgoTreeNode[],
  byUid: ReadonlyMap<string, ArgoTreeNode>,
): Set<ArgoTreeNode> {
  const found = new Set(nodes);
  // What is added on the way is visited, too.
  for (const { parentRefs } of found) {
    for (const { uid } of parentRefs ?? []) {
      const owner = byUid.get(uid ?? '');
      if (owner) {
        found.add(owner);
      }
    }
  }
  return found;
}

function newestFirst(nodes: ReadonlySet<ArgoTreeNode>): ArgoTreeNode[] {
  return [...nodes].sort((a, b) =>
    (b.createdAt ?? '').localeCompare(a.createdAt ?? ''),
  );
}

function toSubject({ kind, namespace, name, uid }: ArgoTreeNode): EventSubject {
  return {
    kind: kind ?? '',
    namespace: namespace ?? '',
    name: name ?? '',
    uid: uid ?? '',
  };
}
