import { type Cluster } from '../../cluster/Cluster';

/** Resolves when something in the cluster changed, or nobody wants to wait any more. */
export function nextChange(
  cluster: Cluster,
  signal: AbortSignal,
): Promise<void> {
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
