import { timestamp } from '../../cluster/KubeObject';
import {
  type Application,
  type ApplicationCondition,
  type ApplicationStatus,
  CONTROL_PLANE,
  type HealthCode,
  sourceOf,
  type SyncStatus,
} from '../Application';
import { type Outcome } from './Reconciler';

/** The status an application has after it was looked at. */
export function statusAfter(
  application: Application,
  outcome: Outcome,
  now: number,
): Partial<ApplicationStatus> {
  const time = timestamp(now);
  const comparedTo = {
    source: sourceOf(application),
    destination: application.spec.destination,
  };
  const conditions = keepTimes(application, outcome.conditions, time);
  if (outcome.kind === 'invalid') {
    const { sync } = application.status ?? {};
    return {
      sync: { ...(sync ?? { comparedTo }), status: 'Unknown' },
      health: healthAt(application, 'Unknown', time),
      conditions,
    };
  }
  if (outcome.kind === 'unreachable') {
    // Nothing was found, and nothing is wrong with nothing: real ones are
    // Healthy, too (https://github.com/argoproj/argo-cd/issues/8860).
    return {
      sync: { status: 'Unknown', comparedTo },
      health: healthAt(application, 'Healthy', time),
      resources: undefined,
      conditions,
    };
  }
  const { comparison, rendered } = outcome;
  const sync: SyncStatus = {
    status: comparison.sync,
    ...(rendered ? { revision: rendered.revision } : {}),
    comparedTo,
  };
  return {
    sync,
    health: healthAt(application, comparison.health, time),
    resources: comparison.resources.length
      ? comparison.resources.map(({ status }) => status)
      : undefined,
    conditions,
    summary: comparison.images.length ? { images: comparison.images } : {},
    sourceType: rendered?.sourceType ?? application.status?.sourceType,
    resourceHealthSource: 'appTree',
    controllerNamespace: CONTROL_PLANE,
  };
}

function healthAt(
  application: Application,
  status: HealthCode,
  time: string,
): ApplicationStatus['health'] {
  const old = application.status?.health;
  return {
    status,
    lastTransitionTime:
      old?.status === status ? old.lastTransitionTime ?? time : time,
  };
}

/** The time of a condition is when it appeared, not when it was seen last. */
function keepTimes(
  application: Application,
  conditions: readonly ApplicationCondition[],
  time: string,
): ApplicationCondition[] | undefined {
  if (conditions.length === 0) return undefined;
  return conditions.map(condition => {
    const old = application.status?.conditions?.find(
      ({ type, message }) =>
        type === condition.type && message === condition.message,
    );
    return { lastTransitionTime: time, ...old, ...condition };
  });
}
