import {
  type ResourceNode,
  type ResourceTree,
} from '@callboard/backstage-plugin-gitops-common';
import { toHealthStatus, toSyncStatus } from '../applications/mapApplication';
import {
  type ArgoManagedResource,
  type ArgoTreeNode,
} from '../argocd/detailSchema';
import { keyOf, nameOf } from '../argocd/nameOf';
import { idOf, ownerOf } from '../argocd/treeOwner';
import { toPublicText } from '../deployments/toPublicText';

const RESTARTS = 'Restart Count';

/**
 * Puts the nodes that Argo CD tells one after the other into a tree: what is
 * managed, below it what came of that. A node whose owner is not there is a
 * root, and so is the first of a circle.
 */
export function mapResourceTree(
  nodes: readonly ArgoTreeNode[],
  managed: readonly ArgoManagedResource[],
): ResourceTree {
  const statuses = new Map(
    managed
      .filter(({ hook }) => !hook)
      .map(resource => [keyOf(nameOf(resource)), resource]),
  );
  const ids = new Set(nodes.map(idOf));
  const children = new Map<string, ArgoTreeNode[]>();
  const roots: ArgoTreeNode[] = [];
  for (const node of nodes) {
    const owner = ownerOf(node, ids);
    if (owner === undefined) {
      roots.push(node);
    } else {
      children.set(owner, [...(children.get(owner) ?? []), node]);
    }
  }
  const seen = new Set<string>();
  const grow = (node: ArgoTreeNode): ResourceNode[] => {
    const id = idOf(node);
    if (seen.has(id)) {
      return [];
    }
    seen.add(id);
    const below = (children.get(id) ?? []).flatMap(grow);
    return [mapNode(node, statuses, below)];
  };
  const grown = roots.flatMap(grow);
  const inCircles = nodes.filter(node => !seen.has(idOf(node))).flatMap(grow);
  return { roots: sorted([...grown, ...inCircles]) };
}

function mapNode(
  node: ArgoTreeNode,
  statuses: ReadonlyMap<string, ArgoManagedResource>,
  children: readonly ResourceNode[],
): ResourceNode {
  const name = nameOf(node);
  const { version, createdAt, images } = node;
  return {
    ...name,
    version: version ?? '',
    ...syncOf(statuses.get(keyOf(name))),
    ...healthOf(node),
    ...(createdAt && { createdAt }),
    images: images ?? [],
    ...factsOf(node),
    children: sorted(children),
  };
}

function syncOf(
  status: ArgoManagedResource | undefined,
): Pick<ResourceNode, 'sync' | 'requiresPruning'> {
  return {
    ...(status && { sync: toSyncStatus(status.status) }),
    ...(status?.requiresPruning && { requiresPruning: true }),
  };
}

function healthOf({ health }: ArgoTreeNode): Pick<ResourceNode, 'health'> {
  if (!health?.status) {
    return {};
  }
  const { status, message } = health;
  return {
    health: {
      status: toHealthStatus(status),
      ...(message && { message: toPublicText(message) }),
    },
  };
}

function factsOf({
  kind,
  info,
}: ArgoTreeNode): Pick<ResourceNode, 'restarts' | 'facts'> {
  const known = info ?? [];
  // Argo CD tells it from the first restart on.
  const restarts = Number(
    known.find(({ name }) => name === RESTARTS)?.value ?? 0,
  );
  return {
    ...(kind === 'Pod' && { restarts: restarts || 0 }),
    facts: known.flatMap(({ name, value }) =>
      name !== RESTARTS && value ? [toPublicText(value)] : [],
    ),
  };
}

/** By kind and name, the newest first where those that own others are numbered. */
function sorted(nodes: readonly ResourceNode[]): ResourceNode[] {
  return [...nodes].sort(
    (a, b) =>
      a.kind.localeCompare(b.kind) ||
      (b.createdAt ?? '').localeCompare(a.createdAt ?? '') ||
      a.name.localeCompare(b.name),
  );
}
