import { type Cluster } from '../../cluster/Cluster';
import { refOf } from '../../cluster/KubeObject';
import { healthOf } from '../healthOf';
import { type Course } from './Course';
import { nextChange } from './nextChange';
import { type SyncTask } from './syncTasks';

/** Waits until a wave's objects are healthy, as the next wave may need them. */
export async function untilHealthy(
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
