import { type ArgoTreeNode } from './detailSchema';
import { keyOf, nameOf } from './nameOf';

/** Objects that do not exist yet have no uid. */
export function idOf(node: ArgoTreeNode): string {
  return node.uid || keyOf(nameOf(node));
}

/**
 * The node that another one comes from.
 *
 * @param ids - of all nodes of the tree; see {@link idOf}
 * @returns its id; nothing where it is not among them.
 */
export function ownerOf(
  node: ArgoTreeNode,
  ids: ReadonlySet<string>,
): string | undefined {
  const owners = (node.parentRefs ?? []).flatMap(parent => [
    parent.uid ?? '',
    keyOf(nameOf(parent)),
  ]);
  return owners.find(owner => ids.has(owner) && owner !== idOf(node));
}
