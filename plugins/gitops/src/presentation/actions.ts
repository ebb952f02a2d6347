import {
  type DeploymentAccess,
  type DeploymentDetail,
  type DeploymentVerb,
} from '@callboard/backstage-plugin-gitops-common';
import { explainDenied } from './permissions';

export type Action = 'sync' | 'refresh' | 'hard-refresh' | 'terminate';

const VERBS: Record<Action, DeploymentVerb> = {
  sync: 'sync',
  refresh: 'refresh',
  'hard-refresh': 'refresh',
  terminate: 'terminate',
};

/** What decides on what can be done now. */
export interface Circumstances {
  readonly access: DeploymentAccess;
  /** Absent while it is not known. */
  readonly detail?: Pick<DeploymentDetail, 'operation'>;
  /** Why the sync windows allow no sync, if they don't. */
  readonly closed?: string;
}

/** Whether a sync is under way. */
export function isRunning(
  detail: Pick<DeploymentDetail, 'operation'> | undefined,
): boolean {
  const phase = detail?.operation?.phase;
  return phase === 'Running' || phase === 'Terminating';
}

/** Why an action is not possible, in a sentence; nothing where it is. */
export function whyOff(
  action: Action,
  { access, detail, closed }: Circumstances,
): string | undefined {
  if (access.unproven) {
    return access.unproven;
  }
  if (!access.may.includes(VERBS[action])) {
    return explainDenied(VERBS[action]);
  }
  switch (action) {
    case 'sync':
      return isRunning(detail)
        ? 'A sync is running. Wait for its end, or terminate it.'
        : closed;
    case 'terminate':
      return whyNothingToEnd(detail);
    case 'refresh':
    case 'hard-refresh':
      return undefined;
    default:
      return action satisfies never;
  }
}

function whyNothingToEnd(detail: Circumstances['detail']): string | undefined {
  if (!detail) {
    return 'Whether a sync is running is not known yet.';
  }
  if (detail.operation?.phase === 'Terminating') {
    return 'The sync is being terminated already.';
  }
  return isRunning(detail) ? undefined : 'No sync is running.';
}
