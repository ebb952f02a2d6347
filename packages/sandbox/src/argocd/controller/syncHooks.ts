import { type Cluster } from '../../cluster/Cluster';
import { type KubeObject, refOf } from '../../cluster/KubeObject';
import { type Phase, type ResourceResult } from '../Application';
import { healthOf } from '../healthOf';
import { type HookPhase, isHookOf } from '../hooks';
import { type Course } from './Course';
import { nextChange } from './nextChange';
import { resultOf } from './syncTasks';

/**
 * Runs the hooks of a phase and waits for each to complete, as gitops-engine
 * does without a hook's delete policy: the one of the last sync goes first.
 *
 * @param hooks - those of all phases, marked as the application's
 */
export async function runHooks(
  phase: HookPhase,
  hooks: readonly KubeObject[],
  { cluster, course }: { cluster: Cluster; course: Course },
): Promise<ResourceResult[]> {
  const mine = hooks.filter(hook => isHookOf(phase, hook));
  for (const hook of mine) {
    cluster.delete(refOf(hook));
    cluster.apply(hook);
  }
  for (;;) {
    const results = mine.map(hook => hookResult(hook, phase, cluster));
    const running = results.filter(({ hookPhase }) => hookPhase === 'Running');
    if (running.length === 0 || course.signal.aborted) return results;
    course.progress(waitingFor(running), results);
    await nextChange(cluster, course.signal);
  }
}

/** Whether the sync has to end here. */
export function hasFailed(results: readonly ResourceResult[]): boolean {
  return results.some(({ hookPhase }) => hookPhase === 'Failed');
}

function waitingFor(running: readonly ResourceResult[]): string {
  const [first, ...others] = running;
  const more = others.length ? ` and ${others.length} more hooks` : '';
  return `waiting for completion of hook ${first?.group}/${first?.kind}/${first?.name}${more}`;
}

function hookResult(
  hook: KubeObject,
  phase: HookPhase,
  cluster: Cluster,
): ResourceResult {
  const live = cluster.get(refOf(hook));
  const health = live && healthOf(live);
  return {
    ...resultOf(hook),
    status: 'Synced',
    message: health?.message ?? `${hook.metadata.name} created`,
    hookType: phase,
    hookPhase: hookPhaseOf(health?.status),
    syncPhase: phase,
  };
}

/** `getOperationPhase`: what has no health has succeeded as soon as it is there. */
function hookPhaseOf(health: string | undefined): Phase {
  if (health === 'Progressing' || health === 'Suspended') {
    return 'Running';
  }
  return health === 'Degraded' ? 'Failed' : 'Succeeded';
}
