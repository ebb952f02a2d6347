/* eslint-disable jsx-a11y/no-redundant-roles, jsx-a11y/no-interactive-element-to-noninteractive-role -- see Matrix */
import { type ReactNode } from 'react';
import { type EnvironmentView } from '../../presentation/environments';
import { HiddenText } from '../common/HiddenText';
import { EnvironmentGroup } from './EnvironmentGroup';
import styles from './Matrix.module.css';

/**
 * Environments by clusters. A plain table: it is read, not operated. Its roles
 * are stated since on small screens the style takes its cells apart, and with
 * them what browsers tell screen readers.
 */
export function Matrix(props: {
  environments: readonly EnvironmentView[];
  registrations: 'loading' | 'loaded' | 'failed';
}) {
  return (
    <div className={styles.frame}>
      <table className={styles.table} role="table" aria-label="Deployments">
        <thead className={styles.head} role="rowgroup">
          <tr role="row">
            <Heading>Environment</Heading>
            <Heading>Cluster</Heading>
            <Heading>Version</Heading>
            <Heading>Sync</Heading>
            <Heading>Health</Heading>
            <Heading>Revision</Heading>
            <Heading>Since</Heading>
            <Heading>
              <HiddenText>Links</HiddenText>
            </Heading>
          </tr>
        </thead>
        {props.environments.map(view => (
          <EnvironmentGroup
            key={`${view.group} ${view.name}`}
            view={view}
            registrations={props.registrations}
          />
        ))}
      </table>
    </div>
  );
}

function Heading({ children }: { children: ReactNode }) {
  return (
    <th scope="col" role="columnheader" className={styles.heading}>
      {children}
    </th>
  );
}
