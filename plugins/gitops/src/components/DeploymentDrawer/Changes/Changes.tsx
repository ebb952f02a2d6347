import {
  type DeploymentAccess,
  type DeploymentName,
  type ResourceDiff,
} from '@callboard/backstage-plugin-gitops-common';
import { useDiff } from '../../../hooks/useDetails';
import { resourceKey } from '../../../presentation/resourceTree';
import { Piece } from '../Piece';
import sectionStyles from '../Section.module.css';
import styles from './Changes.module.css';
import { ResourceChange } from './ResourceChange';

/** What a sync would change. */
export function Changes(props: {
  name: DeploymentName;
  access: DeploymentAccess;
}) {
  const diff = useDiff(props.name);
  const maySeeValues = props.access.may.includes('values');
  return (
    <>
      <p className={sectionStyles.quiet}>
        What the cluster has (−) against what Git asks for (+).
      </p>
      <Piece query={diff} what="The changes">
        {({ items }) => (
          <>
            <Different
              items={items.filter(it => it.change !== 'none')}
              maySeeValues={maySeeValues}
            />
            <Same items={items.filter(it => it.change === 'none')} />
          </>
        )}
      </Piece>
    </>
  );
}

function Different(props: {
  items: readonly ResourceDiff[];
  maySeeValues: boolean;
}) {
  return props.items.length > 0 ? (
    <>
      {props.items.map(it => (
        <ResourceChange
          key={resourceKey(it)}
          item={it}
          maySeeValues={props.maySeeValues}
        />
      ))}
    </>
  ) : (
    <p>Nothing differs: the cluster has what Git asks for.</p>
  );
}

function Same({ items }: { items: readonly ResourceDiff[] }) {
  return items.length > 0 ? (
    <details className={styles.same}>
      <summary>
        {items.length === 1
          ? '1 resource is as Git has it'
          : `${items.length} resources are as Git has them`}
      </summary>
      <ul>
        {items.map(it => (
          <li key={resourceKey(it)}>
            {it.kind} {it.name}
          </li>
        ))}
      </ul>
    </details>
  ) : null;
}
