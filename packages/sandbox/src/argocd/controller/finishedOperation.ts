import { timestamp } from '../../cluster/KubeObject';
import {
  type Application,
  type HistoryEntry,
  type OperationState,
  sourceOf,
} from '../Application';
import { type Attempt } from './SyncAttempts';
import { defined, withStatus } from './updateApplication';

/** The Application after its operation: no longer in progress, and in the history if it deployed everything. */
export function finishedOperation(
  application: Application,
  attempt: Attempt,
  now: number,
): Application {
  const { operation: _, ...rest } = application;
  const state: OperationState = defined({
    ...(application.status?.operationState as OperationState),
    phase: attempt.phase,
    message: attempt.message,
    finishedAt: timestamp(now),
    syncResult: attempt.syncResult,
  });
  const sync = state.operation.sync;
  const isDeployment =
    attempt.phase === 'Succeeded' && !sync?.dryRun && !sync?.resources?.length;
  return withStatus(rest as Application, {
    operationState: state,
    ...(isDeployment ? { history: historyWith(application, state, now) } : {}),
  });
}

function historyWith(
  application: Application,
  state: OperationState,
  now: number,
): HistoryEntry[] {
  const history = application.status?.history ?? [];
  const limit = application.spec.revisionHistoryLimit ?? 10;
  const entry: HistoryEntry = {
    revision: state.syncResult?.revision ?? '',
    deployedAt: timestamp(now),
    id: (history.at(-1)?.id ?? -1) + 1,
    source: sourceOf(application),
    deployStartedAt: state.startedAt,
    initiatedBy: state.operation.initiatedBy ?? {},
  };
  return [...history, entry].slice(-limit);
}
