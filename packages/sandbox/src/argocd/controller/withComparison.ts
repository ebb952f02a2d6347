import { timestamp } from '../../cluster/KubeObject';
import { type Application } from '../Application';
import { type Level, LIVE, type Outcome } from './Reconciler';
import { type AutoSync, planAutoSync } from './planAutoSync';
import { statusAfter } from './statusAfter';
import { withStatus } from './updateApplication';

/** The Application after a look at it, and what automated sync makes of that. */
export function withComparison(
  application: Application,
  outcome: Outcome,
  look: { level: Level; now: number },
): { application: Application; plan: AutoSync } {
  const compared = withStatus(application, {
    ...statusAfter(application, outcome, look.now),
    ...(look.level > LIVE ? { reconciledAt: timestamp(look.now) } : {}),
  });
  const plan: AutoSync =
    outcome.kind === 'compared'
      ? planAutoSync(compared, look.now)
      : { do: 'nothing' };
  return {
    application:
      plan.do === 'complain'
        ? withSyncError(compared, application, plan.message)
        : compared,
    plan,
  };
}

function withSyncError(
  compared: Application,
  before: Application,
  message: string,
): Application {
  const old = before.status?.conditions?.find(
    condition =>
      condition.type === 'SyncError' && condition.message === message,
  );
  const lastTransitionTime =
    old?.lastTransitionTime ?? compared.status?.reconciledAt;
  return withStatus(compared, {
    conditions: [
      ...(compared.status?.conditions ?? []),
      { type: 'SyncError', message, lastTransitionTime },
    ],
  });
}
