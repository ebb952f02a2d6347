import { sameJson } from '../../cluster/sameJson';
import {
  type Application,
  isAutomated,
  type Operation,
  type ResourceStatus,
  sourceOf,
  type SyncOperation,
} from '../Application';

export type AutoSync =
  | { do: 'nothing' }
  | { do: 'sync'; operation: Operation }
  | { do: 'wait'; ms: number }
  | { do: 'complain'; message: string };

/** How long self-heal attempts at the same revision wait for each other. */
const SELF_HEAL = { firstMs: 2_000, factor: 3, capMs: 300_000 };

/**
 * Whether automated sync has to do something, by the rules of Argo CD's
 * controller (`autoSync` in controller/appcontroller.go).
 */
export function planAutoSync(application: Application, now: number): AutoSync {
  if (!mayAutoSync(application)) return { do: 'nothing' };
  const resources = comparedResources(application);
  const revision = revisionOf(application);
  const automated = application.spec.syncPolicy?.automated ?? {};
  const different = resources.filter(({ status: code }) => code !== 'Synced');
  if (!automated.prune && different.every(isExtra)) return { do: 'nothing' };
  if (isAttempted(application, revision)) return afterAttempt(application, now);
  const wipes = automated.prune && resources.every(isExtra);
  if (wipes && !automated.allowEmpty) {
    return {
      do: 'complain',
      message: `Skipping sync attempt to [${revision}]: auto-sync will wipe out all resources`,
    };
  }
  return { do: 'sync', operation: operationFor(application, {}) };
}

function mayAutoSync(application: Application): boolean {
  return (
    isAutomated(application) &&
    !application.operation &&
    !application.metadata.deletionTimestamp &&
    application.status?.sync?.status === 'OutOfSync'
  );
}

function revisionOf(application: Application): string {
  return application.status?.sync?.revision ?? '';
}

/** All but what hooks left behind. */
function comparedResources({ status }: Application): ResourceStatus[] {
  return (status?.resources ?? []).filter(({ hook }) => !hook);
}

function isExtra(resource: ResourceStatus): boolean {
  return !!resource.requiresPruning;
}

/** The last operation was for this very revision and source: only self-heal may try again. */
function afterAttempt(application: Application, now: number): AutoSync {
  const state = application.status?.operationState;
  const revision = revisionOf(application);
  if (state?.phase !== 'Succeeded') {
    return {
      do: 'complain',
      message: `Failed last sync attempt to [${revision}]: ${
        state?.message ?? ''
      }`,
    };
  }
  if (!application.spec.syncPolicy?.automated?.selfHeal) {
    return { do: 'nothing' };
  }
  const elapsed = now - Date.parse(state.finishedAt ?? state.startedAt);
  const attempts =
    elapsed > SELF_HEAL.capMs
      ? 0
      : state.operation.sync?.selfHealAttemptsCount ?? 0;
  const remaining = selfHealDelay(attempts) - elapsed;
  if (remaining > 0) return { do: 'wait', ms: remaining };
  return {
    do: 'sync',
    operation: operationFor(application, {
      selfHealAttemptsCount: attempts + 1,
      resources: comparedResources(application)
        .filter(({ status }) => status !== 'Synced')
        .map(({ group, kind, name }: ResourceStatus) => ({
          ...(group ? { group } : {}),
          kind,
          name,
        })),
    }),
  };
}

function selfHealDelay(attempts: number): number {
  if (attempts === 0) return 0;
  const { firstMs, factor, capMs } = SELF_HEAL;
  return Math.min(capMs, firstMs * factor ** (attempts - 1));
}

function isAttempted(application: Application, revision: string): boolean {
  const state = application.status?.operationState;
  if (!state) return false;
  const result = state.syncResult;
  if (!result)
    return state.phase !== 'Running' && state.phase !== 'Terminating';
  return (
    result.revision === revision &&
    sameJson(result.source, sourceOf(application))
  );
}

function operationFor(
  application: Application,
  extra: Partial<SyncOperation>,
): Operation {
  const { syncPolicy } = application.spec;
  return {
    sync: {
      revision: application.status?.sync?.revision,
      ...(syncPolicy?.automated?.prune ? { prune: true } : {}),
      source: sourceOf(application),
      ...(syncPolicy?.syncOptions
        ? { syncOptions: syncPolicy.syncOptions }
        : {}),
      ...extra,
    },
    initiatedBy: { automated: true },
    retry: syncPolicy?.retry ?? { limit: 5 },
  };
}
