/* eslint-disable jsx-a11y/no-redundant-roles, jsx-a11y/no-interactive-element-to-noninteractive-role -- see Matrix */
import { type ReactElement } from 'react';
import { type EnvironmentView } from '../../presentation/environments';
import { ExternalLink } from '../common/ExternalLink';
import { ClusterRow } from './ClusterRow';
import { EnvironmentStrip } from './EnvironmentStrip';
import styles from './Matrix.module.css';
import { ReleaseStrip } from './ReleaseStrip';

const WRITE_MODES = {
  commit: 'changes by commit',
  'pull-request': 'changes by pull request',
};

/** An environment: its name, a row for each cluster, and what to know about it as a whole. */
export function EnvironmentGroup(props: {
  view: EnvironmentView;
  registrations: 'loading' | 'loaded' | 'failed';
}) {
  const { view } = props;
  const { rows } = view;
  const strips = stripsOf(view, props.registrations);
  const clusters = rows.map(({ cluster }) => cluster);
  const heading = (
    <EnvironmentHeading view={view} lines={rows.length + strips.length} />
  );
  return (
    <tbody className={styles.group} role="rowgroup">
      {rows.map((row, index) => (
        <ClusterRow
          key={row.key}
          row={row}
          heading={index === 0 ? heading : undefined}
          // Two applications on one cluster have to be told apart.
          isAmbiguous={clusters.filter(it => it === row.cluster).length > 1}
        />
      ))}
      {strips.map((strip, index) => (
        <tr key={strip.key} role="row" className={styles.row}>
          {rows.length === 0 && index === 0 && heading}
          <td role="cell" colSpan={7} className={styles.strip}>
            {strip}
          </td>
        </tr>
      ))}
    </tbody>
  );
}

function describe({ group, environment }: EnvironmentView): string {
  if (environment) {
    return WRITE_MODES[environment.write];
  }
  return group === 'previews'
    ? 'of pull requests'
    : 'outside the configured environments';
}

/** Below the rows: where the registration stands, and what waits for a person. */
function stripsOf(
  view: EnvironmentView,
  registrations: 'loading' | 'loaded' | 'failed',
): ReactElement[] {
  const { notice, rows, release } = view;
  const strips: ReactElement[] = [];
  if (notice !== undefined || rows.length === 0) {
    strips.push(
      <EnvironmentStrip
        key="registration"
        view={view}
        registrations={registrations}
      />,
    );
  }
  if (release) {
    strips.push(<ReleaseStrip key="release" release={release} />);
  }
  return strips;
}

function EnvironmentHeading(props: { view: EnvironmentView; lines: number }) {
  const { name, registration } = props.view;
  return (
    <th
      scope="rowgroup"
      role="rowheader"
      rowSpan={props.lines}
      className={styles.environment}
    >
      <span className={styles.environmentName}>{name}</span>
      <span className={styles.secondary}>{describe(props.view)}</span>
      {registration && registration.state !== 'absent' && (
        <span className={styles.secondary}>
          <ExternalLink
            href={registration.url}
            label={`Registrations of ${name} in the platform repository`}
            isPlain
          >
            registration
          </ExternalLink>
        </span>
      )}
    </th>
  );
}
