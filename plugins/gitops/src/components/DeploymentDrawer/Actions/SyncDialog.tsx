import {
  type Deployment,
  type DeploymentName,
  type ResourceDiff,
  type ResourceName,
} from '@callboard/backstage-plugin-gitops-common';
import { useState } from 'react';
import { useActions } from '../../../hooks/useActions';
import { useDiff } from '../../../hooks/useDetails';
import { placeOf } from '../../../presentation/changes';
import { resourceKey } from '../../../presentation/resourceTree';
import { type StartedAction } from '../../../presentation/startedAction';
import {
  confirmWord,
  describeLimits,
  describePlan,
  planSync,
  type SyncChoices,
  type SyncPlan,
} from '../../../presentation/syncPlan';
import { Piece } from '../Piece';
import { Confirmation } from './Confirmation';
import styles from './SyncDialog.module.css';
import { SyncForm } from './SyncForm';

const AS_IT_IS: SyncChoices = { prune: false, dryRun: false };

/** Shows what a sync would change, lets people choose, and starts it when told to. */
export function SyncDialog(props: {
  name: DeploymentName;
  deployment: Deployment;
  onStarted(started: StartedAction): void;
  close(): void;
}) {
  const { name, deployment, onStarted, close } = props;
  const [choices, setChoices] = useState(AS_IT_IS);
  const diff = useDiff(name);
  const actions = useActions(name, started => {
    onStarted(started);
    close();
  });
  const items = diff.data?.items ?? [];
  const plan = planSync(items, choices);
  return (
    <Confirmation
      title={`Sync ${name.name}`}
      word={confirmWord(plan, choices)}
      isDestructive={plan.deleted.length > 0 && !choices.dryRun}
      // Without an answer nobody can know what they agree to.
      isReady={diff.data !== undefined && choices.selected?.size !== 0}
      order={actions}
      confirm={() =>
        actions.mutate({ action: 'sync', request: requestOf(choices, items) })
      }
      close={close}
    >
      <p className={styles.text}>
        Argo CD applies what Git asks for to{' '}
        <strong>{placeOf(deployment)}</strong>, as the application{' '}
        {name.namespace}/{name.name} of Argo CD {name.instance}.
      </p>
      <Piece query={diff} what="What would change">
        {() => (
          <>
            <SyncForm
              items={items}
              choices={choices}
              mayPrune={deployment.access.may.includes('prune')}
              setChoices={setChoices}
            />
            <Outlook plan={plan} choices={choices} />
          </>
        )}
      </Piece>
    </Confirmation>
  );
}

/** What will happen, and what cannot be taken back. */
function Outlook(props: { plan: SyncPlan; choices: SyncChoices }) {
  const { plan, choices } = props;
  const limits = describeLimits(plan, choices);
  return (
    <section className={styles.outlook} aria-label="What will happen">
      <div role="status">
        {describePlan(plan, choices).map(sentence => (
          <p key={sentence} className={styles.text}>
            {sentence}
          </p>
        ))}
      </div>
      {limits && <p className={styles.quiet}>{limits}</p>}
    </section>
  );
}

function requestOf(
  { prune, dryRun, selected }: SyncChoices,
  items: readonly ResourceDiff[],
) {
  return {
    prune,
    dryRun,
    ...(selected && {
      resources: items
        .filter(it => selected.has(resourceKey(it)))
        .map(
          ({ group, kind, namespace, name }): ResourceName => ({
            group,
            kind,
            namespace,
            name,
          }),
        ),
    }),
  };
}
