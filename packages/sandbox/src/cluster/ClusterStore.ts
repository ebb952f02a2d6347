import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { Cluster, type ClusterState } from './Cluster';

const WRITE_AFTER_MS = 250;

/** Keeps a cluster in a file, so that a restart finds it as it was. */
export class ClusterStore {
  readonly cluster: Cluster;
  readonly #file: string;
  readonly #stopListening: () => void;
  #timer: NodeJS.Timeout | undefined;

  constructor(file: string, cluster: { name: string; server: string }) {
    this.#file = file;
    this.cluster = new Cluster({ ...cluster, state: read(file) });
    this.#stopListening = this.cluster.onChange(() => {
      this.#timer ??= setTimeout(() => this.#write(), WRITE_AFTER_MS).unref();
    });
  }

  stop(): void {
    this.#stopListening();
    this.#write();
  }

  #write(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    mkdirSync(dirname(this.#file), { recursive: true });
    const temporary = `${this.#file}.new`;
    writeFileSync(temporary, JSON.stringify(this.cluster.state));
    renameSync(temporary, this.#file);
  }
}

function read(file: string): ClusterState | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as ClusterState;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}
