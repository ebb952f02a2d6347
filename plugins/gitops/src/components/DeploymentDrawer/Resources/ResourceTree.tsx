import { type ResourceNode } from '@callboard/backstage-plugin-gitops-common';
import { useCallback, useMemo, useState } from 'react';
import { Collection, type Key, Tree, TreeItem } from 'react-aria-components';
import { useDeploymentLink } from '../../../hooks/useDeploymentLink';
import {
  allBranches,
  countNodes,
  resourceKey,
  troubledBranches,
} from '../../../presentation/resourceTree';
import { ResourceRow } from './ResourceRow';
import styles from './ResourceTree.module.css';

/** Resources as a tree, with the keyboard of one. Branches that are fine are closed. */
export function ResourceTree(props: {
  roots: readonly ResourceNode[];
  isFiltered: boolean;
  mayReadLogs: boolean;
}) {
  const { roots, isFiltered, mayReadLogs } = props;
  const { show } = useDeploymentLink();
  const openLog = useCallback(
    ({ namespace, name }: ResourceNode) =>
      show({ section: 'logs', pod: { namespace, name } }),
    [show],
  );
  const [expanded, setExpanded] = useExpanded(roots, isFiltered);
  const renderNode = (node: ResourceNode) => (
    <TreeItem
      id={resourceKey(node)}
      textValue={`${node.kind} ${node.name}`}
      className={styles.item ?? ''}
    >
      <ResourceRow node={node} openLog={mayReadLogs ? openLog : undefined} />
      <Collection items={node.children}>{renderNode}</Collection>
    </TreeItem>
  );
  return (
    <Tree
      aria-label="Resources"
      className={styles.tree ?? ''}
      items={roots}
      dependencies={[mayReadLogs, openLog]}
      expandedKeys={expanded}
      onExpandedChange={setExpanded}
      selectionMode="none"
      renderEmptyState={() => (
        <p className={styles.empty}>Nothing matches the filter.</p>
      )}
    >
      {renderNode}
    </Tree>
  );
}

/** So many that match a filter are all shown at once. */
const FEW = 100;

/** Open by default is what is troubled, or matches; what people open or close stays so. */
function useExpanded(
  roots: readonly ResourceNode[],
  isFiltered: boolean,
): [Iterable<Key>, (keys: Set<Key>) => void] {
  const [choices, setChoices] = useState<ReadonlyMap<Key, boolean>>(new Map());
  const byDefault = useMemo(
    () =>
      isFiltered && countNodes(roots) <= FEW
        ? allBranches(roots)
        : troubledBranches(roots),
    [roots, isFiltered],
  );
  const expanded = useMemo(
    () =>
      [...allBranches(roots)].filter(
        key => choices.get(key) ?? byDefault.has(key),
      ),
    [roots, choices, byDefault],
  );
  const setExpanded = (keys: Set<Key>) =>
    setChoices(
      new Map([
        ...choices,
        ...expanded
          .filter(key => !keys.has(key))
          .map((key): [Key, boolean] => [key, false]),
        ...[...keys]
          .filter(key => !expanded.some(it => it === key))
          .map((key): [Key, boolean] => [key, true]),
      ]),
    );
  return [expanded, setExpanded];
}
