import { Button } from '@backstage/ui';
import { type SetupReport } from '@callboard/backstage-plugin-gitops-common';
import { useSetup } from '../../hooks/useSetup';
import {
  countStates,
  groupChecks,
  lookOfSetupState,
} from '../../presentation/setup';
import { Piece } from '../DeploymentDrawer/Piece';
import { Age } from '../common/Age';
import { StatusLabel } from '../common/StatusLabel';
import { CheckGroupCard } from './CheckGroupCard';
import styles from './DeliverySetup.module.css';

/** Whether everything that deliveries need is set up, and the fix where not. */
export function SetupChecks() {
  const { query, checkAgain } = useSetup();
  return (
    <section className={styles.page} aria-label="Setup">
      <p className={styles.intro}>
        Everything here was looked at in the real systems: Argo CD, the Git
        hosting, and the portal itself.
      </p>
      <Piece query={query} what="The checks">
        {report => (
          <Report
            report={report}
            isChecking={query.isFetching}
            checkAgain={() => {
              checkAgain().catch(() => {});
            }}
          />
        )}
      </Piece>
    </section>
  );
}

function Report(props: {
  report: SetupReport;
  isChecking: boolean;
  checkAgain(): void;
}) {
  const { items, checkedAt } = props.report;
  return (
    <>
      <header className={styles.header}>
        <div role="status">
          <ul className={styles.counts} aria-label="Results">
            {countStates(items).map(({ state, word }) => (
              <li key={state}>
                <StatusLabel look={{ ...lookOfSetupState(state), word }} />
              </li>
            ))}
          </ul>
        </div>
        <div className={styles.age}>
          <span>
            checked <Age time={checkedAt} />
          </span>
          <Button
            size="small"
            variant="secondary"
            isPending={props.isChecking}
            onPress={props.checkAgain}
          >
            Check again
          </Button>
        </div>
      </header>
      {groupChecks(items).map(group => (
        <CheckGroupCard key={group.key} group={group} />
      ))}
    </>
  );
}
