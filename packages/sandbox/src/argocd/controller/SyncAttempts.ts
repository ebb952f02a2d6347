import { type Cluster } from '../../cluster/Cluster';
import {
  type KubeObject,
  refOf,
  type ResourceRef,
} from '../../cluster/KubeObject';
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
import { healthOf } from '../healthOf';
import { type Rendered } from '../repositories/Manifests';
import { loadError, type Reconciler } from './Reconciler';
import { type Target } from './Target';
import {
  planSync,
  refusals,
  resultOf,
  runTask,
  type SyncTask,
} from './syncTasks';

export interface Attempt {
  phase: Phase;
  message: string;
  syncResult?: OperationState['syncResult'];
}

interface Course {
  signal: AbortSignal;
  progress(message: string): void;
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
    const finish = (
      phase: Phase,
      message: string,
      results: ResourceResult[],
    ): Attempt => ({
      phase,
      message,
      syncResult: {
        ...(results.length ? { resources: results } : {}),
        revision: rendered.revision,
        source: sourceOf(application),
      },
    });
    const refused = refusals(tasks, target);
    if (refused.length) {
      return finish(
        'Failed',
        'one or more synchronization tasks are not valid',
        refused,
      );
    }
    const results = namespaceResult(job);
    const waves = wavesOf(tasks);
    for (const wave of waves) {
      results.push(...wave.map(task => runTask(task, target.cluster, sync)));
      const failure = results.find(({ status }) => status === 'SyncFailed');
      if (failure) {
        const reason = `one or more objects failed to apply, reason: ${failure.message}`;
        return finish('Failed', reason, results);
      }
      if (wave !== waves.at(-1) && !sync.dryRun) {
        await untilHealthy(wave, target.cluster, course);
      }
      if (course.signal.aborted) {
        return finish('Failed', 'Operation terminated', results);
      }
    }
    return finish(
      'Succeeded',
      tasks.length
        ? 'successfully synced (all tasks run)'
        : 'successfully synced (no more tasks)',
      results,
    );
  }
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

/** Waits until a wave's objects are healthy, as the next wave may need them. */
async function untilHealthy(
  wave: readonly SyncTask[],
  cluster: Cluster,
  { signal, progress }: Course,
): Promise<void> {
  for (;;) {
    const waiting = wave
      .filter(({ action }) => action === 'apply')
      .map(({ object }) => cluster.get(refOf(object)) ?? object)
      .filter(object => (healthOf(object)?.status ?? 'Healthy') !== 'Healthy');
    const [first] = waiting;
    if (!first || signal.aborted) return;
    const { group, kind, name } = refOf(first);
    const others =
      waiting.length > 1 ? ` and ${waiting.length - 1} more resources` : '';
    progress(`waiting for healthy state of ${group}/${kind}/${name}${others}`);
    await nextChange(cluster, signal);
  }
}

function nextChange(cluster: Cluster, signal: AbortSignal): Promise<void> {
  return new Promise(resolve => {
    let stopListening = () => {};
    const done = () => {
      stopListening();
      signal.removeEventListener('abort', done);
      resolve();
    };
    stopListening = cluster.onChange(done);
    signal.addEventListener('abort', done);
  });
}
