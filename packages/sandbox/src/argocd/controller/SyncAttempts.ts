import { type KubeObject, type ResourceRef } from '../../cluster/KubeObject';
import {
  type Application,
  type Operation,
  type OperationState,
  type Phase,
  type ResourceResult,
  sourceOf,
  type SyncOperation,
} from '../Application';
import { type Clusters } from '../Clusters';
import { compare } from '../compare';
import { isHook, isHookOf } from '../hooks';
import { type Rendered } from '../repositories/Manifests';
import { trackedManifest } from '../tracking';
import { type Course } from './Course';
import { loadError, type Reconciler } from './Reconciler';
import { type Target } from './Target';
import { hasFailed, runHooks } from './syncHooks';
import {
  planSync,
  refusals,
  resultOf,
  runTask,
  type SyncTask,
} from './syncTasks';
import { untilHealthy } from './untilHealthy';

const UNSUCCESSFUL =
  'one or more synchronization tasks completed unsuccessfully';
const TERMINATED = 'Operation terminated';

export interface Attempt {
  phase: Phase;
  message: string;
  syncResult?: OperationState['syncResult'];
}

/** One attempt to bring an application to a revision. */
export class SyncAttempts {
  readonly #clusters: Clusters;
  readonly #reconciler: Reconciler;

  constructor(clusters: Clusters, reconciler: Reconciler) {
    this.#clusters = clusters;
    this.#reconciler = reconciler;
  }

  async sync(
    ref: ResourceRef,
    operation: Operation,
    course: Course,
  ): Promise<Attempt> {
    const application = this.#clusters.control.get(ref) as
      | Application
      | undefined;
    if (!application) return { phase: 'Error', message: 'application is gone' };
    const target = this.#reconciler.target(application);
    if ('error' in target) {
      const message = `InvalidSpecError: ${target.error.join('; ')}`;
      return { phase: 'Error', message };
    }
    const lost = this.#reconciler.connectionErrors(target.cluster);
    if (lost.length) {
      const conditions = lost.map(message => `ComparisonError: ${message}`);
      return { phase: 'Error', message: conditions.join(';') };
    }
    const sync = operation.sync ?? {};
    const asked = sync.revision ?? sourceOf(application).targetRevision;
    try {
      const rendered = await this.#reconciler.render(
        application,
        asked ?? 'HEAD',
      );
      return await this.#apply({ application, rendered, target, sync }, course);
    } catch (error) {
      const message = `ComparisonError: ${loadError(error)}`;
      return {
        phase: 'Error',
        message,
        syncResult: { revision: asked, source: sourceOf(application) },
      };
    }
  }

  async #apply(
    job: {
      application: Application;
      rendered: Rendered;
      target: Target;
      sync: SyncOperation;
    },
    course: Course,
  ): Promise<Attempt> {
    const { application, rendered, target, sync } = job;
    const { resources } = compare(application, rendered.manifests, target);
    const tasks = planSync(resources, sync);
    const refused = refusals(tasks, target);
    const { phase, message, results } = refused.length
      ? failed('one or more synchronization tasks are not valid', refused)
      : await applyTasks({ ...job, tasks }, course);
    return {
      phase,
      message,
      syncResult: {
        ...(results.length ? { resources: results } : {}),
        revision: rendered.revision,
        source: sourceOf(application),
      },
    };
  }
}

/** How a sync went. */
interface Outcome {
  phase: Phase;
  message: string;
  results: ResourceResult[];
}

function failed(message: string, results: ResourceResult[]): Outcome {
  return { phase: 'Failed', message, results };
}

interface TaskJob {
  application: Application;
  rendered: Rendered;
  target: Target;
  sync: SyncOperation;
  tasks: ReturnType<typeof planSync>;
}

/** Hooks before, wave after wave, hooks after; it ends where something fails. */
async function applyTasks(job: TaskJob, course: Course): Promise<Outcome> {
  const { target, tasks } = job;
  const hooks = hooksOf(job);
  const world = { cluster: target.cluster, course };
  const results = namespaceResult(job);
  results.push(...(await runHooks('PreSync', hooks, world)));
  const stopped =
    whyStopped(results, course) ?? (await runWaves(job, results, course));
  if (stopped) return failed(stopped, results);
  if (hooks.some(hook => isHookOf('PostSync', hook))) {
    await untilHealthy(tasks, target.cluster, course);
    results.push(...(await runHooks('PostSync', hooks, world)));
    if (hasFailed(results)) return failed(UNSUCCESSFUL, results);
  }
  const message = tasks.length
    ? 'successfully synced (all tasks run)'
    : 'successfully synced (no more tasks)';
  return { phase: 'Succeeded', message, results };
}

/** @returns why it went no further, if so */
async function runWaves(
  { tasks, target, sync }: TaskJob,
  results: ResourceResult[],
  course: Course,
): Promise<string | undefined> {
  const waves = wavesOf(tasks);
  for (const wave of waves) {
    results.push(...wave.map(task => runTask(task, target.cluster, sync)));
    const failure = results.find(({ status }) => status === 'SyncFailed');
    if (failure) {
      return `one or more objects failed to apply, reason: ${failure.message}`;
    }
    if (wave !== waves.at(-1) && !sync.dryRun) {
      await untilHealthy(wave, target.cluster, course);
    }
    if (course.signal.aborted) return TERMINATED;
  }
  return undefined;
}

function whyStopped(
  results: readonly ResourceResult[],
  course: Course,
): string | undefined {
  if (course.signal.aborted) return TERMINATED;
  return hasFailed(results) ? UNSUCCESSFUL : undefined;
}

/** Neither a dry run nor a sync of chosen resources runs hooks. */
function hooksOf({
  application,
  rendered,
  sync,
}: {
  application: Application;
  rendered: Rendered;
  sync: SyncOperation;
}): KubeObject[] {
  if (sync.dryRun || sync.resources?.length) return [];
  return rendered.manifests
    .filter(isHook)
    .map(manifest => trackedManifest(manifest, application));
}

/** Creates the destination's namespace where the application asks for it and it is not there. */
function namespaceResult(job: {
  application: Application;
  target: Target;
  sync: SyncOperation;
}): ResourceResult[] {
  const { namespace } = job.application.spec.destination;
  const { cluster } = job.target;
  if (
    !namespace ||
    job.sync.dryRun ||
    !job.sync.syncOptions?.includes('CreateNamespace=true') ||
    cluster.hasNamespace(namespace)
  ) {
    return [];
  }
  const object: KubeObject = {
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: { name: namespace },
  };
  cluster.apply(object);
  return [
    {
      ...resultOf(object),
      status: 'Synced',
      message: `namespace/${namespace} created`,
      hookPhase: 'Succeeded',
      syncPhase: 'PreSync',
    },
  ];
}

function wavesOf(tasks: readonly SyncTask[]): SyncTask[][] {
  const numbers = [...new Set(tasks.map(({ wave }) => wave))];
  return numbers.map(number => tasks.filter(({ wave }) => wave === number));
}
