import { SearchField, Switch } from '@backstage/ui';
import {
  type DeploymentAccess,
  type DeploymentName,
  type ResourceNode,
} from '@callboard/backstage-plugin-gitops-common';
import { useDeferredValue, useMemo, useState } from 'react';
import { useResources } from '../../../hooks/useDetails';
import {
  countNodes,
  filterTree,
  type TreeFilter,
} from '../../../presentation/resourceTree';
import { Piece } from '../Piece';
import { ResourceTree } from './ResourceTree';
import styles from './Resources.module.css';

/** What the application is made of, with what that has made in turn. */
export function Resources(props: {
  name: DeploymentName;
  access: DeploymentAccess;
}) {
  const resources = useResources(props.name);
  return (
    <Piece query={resources} what="The resources">
      {({ roots, incomplete }) => (
        <>
          {incomplete && <p>{incomplete}</p>}
          <FilteredTree roots={roots} access={props.access} />
        </>
      )}
    </Piece>
  );
}

function FilteredTree(props: {
  roots: readonly ResourceNode[];
  access: DeploymentAccess;
}) {
  const { roots, access } = props;
  const [filter, setFilter] = useState<TreeFilter>({
    text: '',
    onlyTrouble: false,
  });
  // Typing goes before drawing hundreds of rows.
  const settled = useDeferredValue(filter);
  const shown = useMemo(() => filterTree(roots, settled), [roots, settled]);
  const total = useMemo(() => countNodes(roots), [roots]);
  return (
    <>
      <div className={styles.filter}>
        <SearchField
          className={styles.search}
          size="small"
          aria-label="Filter by kind, name or image"
          placeholder="Kind, name or image"
          value={filter.text}
          onChange={text => setFilter({ ...filter, text })}
        />
        <Switch
          label="Only not healthy or out of sync"
          isSelected={filter.onlyTrouble}
          onChange={onlyTrouble => setFilter({ ...filter, onlyTrouble })}
        />
        <span className={styles.count} role="status">
          {shown === roots
            ? `${total} resources`
            : `${countNodes(shown)} of ${total} resources`}
        </span>
      </div>
      {total === 0 ? (
        <p>The application has no resources yet.</p>
      ) : (
        <ResourceTree
          roots={shown}
          isFiltered={shown !== roots}
          mayReadLogs={access.may.includes('logs')}
        />
      )}
    </>
  );
}
