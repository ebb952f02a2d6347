import { isError } from '@backstage/errors';
import { type Log } from '../../Log';
import { type Cluster } from '../../cluster/Cluster';
import { parseManifests } from '../../kustomize/parseManifests';
import { CONTROL_PLANE } from '../Application';
import { type Repositories } from '../repositories/Repositories';

/** Applies the few files that no Application covers: what a person once applied by hand. */
export class Bootstrap {
  readonly repoURL: string;
  readonly #paths: readonly string[];
  readonly #repositories: Repositories;
  readonly #control: Cluster;
  readonly #log: Log;
  #applied: string | undefined;
  #complaint: string | undefined;

  constructor(parts: {
    repoURL: string;
    paths: readonly string[];
    repositories: Repositories;
    control: Cluster;
    log: Log;
  }) {
    this.repoURL = parts.repoURL;
    this.#paths = parts.paths;
    this.#repositories = parts.repositories;
    this.#control = parts.control;
    this.#log = parts.log;
  }

  /** True once the repository could be read. */
  async look(maxAgeMs: number): Promise<boolean> {
    try {
      const sha = await this.#repositories.resolve(
        this.repoURL,
        'HEAD',
        maxAgeMs,
      );
      if (sha !== this.#applied) await this.#apply(sha);
      this.#applied = sha;
      this.#complaint = undefined;
      return true;
    } catch (error) {
      const reason = isError(error) ? error.message : String(error);
      this.#complain(`cannot read ${this.repoURL}: ${reason}`);
      return false;
    }
  }

  /** Once for as long as it lasts. */
  #complain(complaint: string): void {
    if (this.#complaint !== complaint) this.#log(`bootstrap: ${complaint}`);
    this.#complaint = complaint;
  }

  async #apply(sha: string): Promise<void> {
    for (const path of this.#paths) {
      const text = await this.#repositories.readFile(this.repoURL, sha, path);
      if (text === undefined) {
        this.#log(`bootstrap: ${this.repoURL} has no ${path}`);
        continue;
      }
      for (const object of parseManifests(text)) {
        const metadata = { namespace: CONTROL_PLANE, ...object.metadata };
        this.#control.apply({ ...object, metadata });
      }
    }
  }
}
