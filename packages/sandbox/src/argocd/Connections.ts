import { Cluster } from '../cluster/Cluster';

/** Where no cluster answers. */
const NOWHERE = '10.0.0.1:443';

/** Which clusters Argo CD can reach; of one that it can't it keeps what it saw last. */
export class Connections {
  readonly #lost = new Map<Cluster, Cluster>();

  /** Names of the clusters that don't answer. */
  get lost(): string[] {
    return [...this.#lost.keys()].map(({ name }) => name);
  }

  lose(cluster: Cluster): void {
    if (this.#lost.has(cluster)) return;
    const { name, server, state } = cluster;
    this.#lost.set(cluster, new Cluster({ name, server, state }));
  }

  restore(cluster: Cluster): void {
    this.#lost.delete(cluster);
  }

  /** The cluster, or what was seen of it last. */
  seen(cluster: Cluster): Cluster {
    return this.#lost.get(cluster) ?? cluster;
  }

  /** Why a call fails, in the words of Go's HTTP client; undefined where the cluster answers. */
  callError(cluster: Cluster, path: string): string | undefined {
    return this.#lost.has(cluster)
      ? `Get "${cluster.server}${path}": dial tcp ${NOWHERE}: i/o timeout`
      : undefined;
  }

  /** Why Argo CD does not know what is in the cluster, in the words of its cluster cache. */
  syncError(cluster: Cluster): string | undefined {
    const reason = this.callError(cluster, '/version?timeout=32s');
    return (
      reason &&
      `failed to get server version: failed to get server version: ${reason}`
    );
  }
}
