import {
  type ResourceName,
  type ResourceNode,
} from '@callboard/backstage-plugin-gitops-common';

/** What people look for in a tree of resources. */
export interface TreeFilter {
  /** In kinds, names and images. */
  readonly text: string;
  /** Only what is not healthy, or not as Git has it. */
  readonly onlyTrouble: boolean;
}

/** Names a resource within its application. */
export function resourceKey(resource: ResourceName): string {
  const { group, kind, namespace, name } = resource;
  return `${group}/${kind}/${namespace}/${name}`;
}

/** Whether somebody should look at it. */
export function needsAttention(node: ResourceNode): boolean {
  return (
    (node.health !== undefined && node.health.status !== 'Healthy') ||
    (node.sync !== undefined && node.sync !== 'Synced') ||
    node.requiresPruning === true
  );
}

/**
 * What the filter leaves, with everything above it. What a match of the text
 * has made belongs to it.
 */
export function filterTree(
  nodes: readonly ResourceNode[],
  filter: TreeFilter,
): readonly ResourceNode[] {
  const text = filter.text.trim().toLowerCase();
  return text || filter.onlyTrouble
    ? keep(nodes, { ...filter, text }, false)
    : nodes;
}

/** The branches to open at first: those with something that needs attention inside. */
export function troubledBranches(
  nodes: readonly ResourceNode[],
): ReadonlySet<string> {
  const found = new Set<string>();
  const visit = (node: ResourceNode): boolean => {
    const isTroubled = node.children.map(visit).includes(true);
    if (isTroubled) {
      found.add(resourceKey(node));
    }
    return isTroubled || needsAttention(node);
  };
  nodes.forEach(visit);
  return found;
}

/** All branches. */
export function allBranches(
  nodes: readonly ResourceNode[],
): ReadonlySet<string> {
  const found = new Set<string>();
  const visit = (node: ResourceNode) => {
    if (node.children.length > 0) {
      found.add(resourceKey(node));
      node.children.forEach(visit);
    }
  };
  nodes.forEach(visit);
  return found;
}

/** How many resources there are, branches and leaves. */
export function countNodes(nodes: readonly ResourceNode[]): number {
  return nodes.reduce((sum, it) => sum + 1 + countNodes(it.children), 0);
}

/** Whether something is on its way, so that it is worth looking again. */
export function isProgressing(nodes: readonly ResourceNode[]): boolean {
  return nodes.some(
    ({ health, children }) =>
      health?.status === 'Progressing' || isProgressing(children),
  );
}

function keep(
  nodes: readonly ResourceNode[],
  filter: TreeFilter,
  isInside: boolean,
): readonly ResourceNode[] {
  return nodes.flatMap(node => {
    const fits = isInside || matches(node, filter.text);
    const children = keep(node.children, filter, fits);
    const isKept =
      children.length > 0 ||
      (fits && (!filter.onlyTrouble || needsAttention(node)));
    return isKept ? { ...node, children } : [];
  });
}

function matches(node: ResourceNode, text: string): boolean {
  return [`${node.kind}/${node.name}`, ...node.images].some(it =>
    it.toLowerCase().includes(text),
  );
}
