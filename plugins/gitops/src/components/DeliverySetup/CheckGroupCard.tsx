import { type SetupCheck } from '@callboard/backstage-plugin-gitops-common';
import { type CheckGroup, lookOfSetupState } from '../../presentation/setup';
import { ExternalLink } from '../common/ExternalLink';
import { StatusLabel } from '../common/StatusLabel';
import styles from './CheckGroupCard.module.css';
import { FixView } from './FixView';

/** The checks of one system or environment; what is fine is folded away. */
export function CheckGroupCard({ group }: { group: CheckGroup }) {
  const { title, url, state, open, fine } = group;
  return (
    <section className={styles.card} aria-label={title}>
      <header className={styles.header}>
        <h2 className={styles.title}>
          {url ? <ExternalLink href={url}>{title}</ExternalLink> : title}
        </h2>
        {state === 'ok' && <StatusLabel look={lookOfSetupState(state)} />}
      </header>
      {open.length > 0 && (
        <ul className={styles.checks}>
          {open.map(check => (
            <CheckRow key={check.id} check={check} />
          ))}
        </ul>
      )}
      {fine.length > 0 && (
        <details className={styles.fine}>
          <summary>{fineWords(fine.length, open.length)}</summary>
          <ul className={styles.checks}>
            {fine.map(check => (
              <CheckRow key={check.id} check={check} />
            ))}
          </ul>
        </details>
      )}
    </section>
  );
}

function CheckRow({ check }: { check: SetupCheck }) {
  const { title, state, message, fix } = check;
  return (
    <li className={styles.check}>
      <div className={styles.state}>
        <StatusLabel look={lookOfSetupState(state)} />
      </div>
      <div className={styles.body}>
        <h3 className={styles.name}>{title}</h3>
        <p className={styles.message}>{message}</p>
        {fix && state !== 'ok' && <FixView fix={fix} />}
        {fix && state === 'ok' && (
          <details>
            <summary>If it should be otherwise</summary>
            <FixView fix={fix} />
          </details>
        )}
      </div>
    </li>
  );
}

function fineWords(fine: number, open: number): string {
  const checks = fine === 1 ? '1 check is' : `${fine} checks are`;
  return open === 0 && fine > 1
    ? `All ${fine} checks are fine`
    : `${checks} fine`;
}
