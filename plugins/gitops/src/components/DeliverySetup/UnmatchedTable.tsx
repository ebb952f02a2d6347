import { useEntityRefLink } from '@backstage/plugin-catalog-react';
import { Link } from '@backstage/ui';
import { type Unmatched } from '@callboard/backstage-plugin-gitops-common';
import { reasonWords } from '../../presentation/unmatched';
import { ExternalLink } from '../common/ExternalLink';
import { FixView } from './FixView';
import styles from './UnmatchedTable.module.css';

/** A row for each finding: what, why, and what to do. */
export function UnmatchedTable({ items }: { items: readonly Unmatched[] }) {
  return (
    <table className={styles.table}>
      <thead>
        <tr>
          <th scope="col">Application and entity</th>
          <th scope="col">Why</th>
          <th scope="col">Fix</th>
        </tr>
      </thead>
      <tbody>
        {items.map(item => (
          <tr key={item.id}>
            <th scope="row" className={styles.what}>
              <What item={item} />
            </th>
            <td>
              <strong>{reasonWords(item.reason)}</strong>
              <p className={styles.message}>{item.message}</p>
            </td>
            <td>
              <FixView fix={item.fix} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function What({ item }: { item: Unmatched }) {
  const { application, entityRefs } = item;
  const linkTo = useEntityRefLink();
  return (
    <>
      {application && (
        <div className={styles.application}>
          {application.url ? (
            <ExternalLink href={application.url}>
              {application.name}
            </ExternalLink>
          ) : (
            application.name
          )}
          <span className={styles.place}>
            Argo CD “{application.instance}”, {application.namespace}
          </span>
        </div>
      )}
      {entityRefs.map(ref => (
        <div key={ref} className={styles.entity}>
          {item.reason === 'unknown-entity' ? (
            ref
          ) : (
            <Link href={linkTo(ref)}>{ref}</Link>
          )}
        </div>
      ))}
    </>
  );
}
