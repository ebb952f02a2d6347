import { execFile } from 'node:child_process';
import { ServiceUnavailableError } from '@backstage/errors';
import { Limit } from './Limit';
import { findKustomize } from './kustomizeBinary';

const AT_ONCE = 2;
const TIMEOUT_MS = 60_000;

/** Runs the real kustomize, two builds at a time at most. */
export class Kustomize {
  readonly #limit = new Limit(AT_ONCE);
  readonly #environment: Record<string, string>;
  #binary: string | undefined;
  #version: Promise<string> | undefined;

  /** @param environment - added to the process's own, for Git's credentials */
  constructor(environment: Record<string, string>) {
    this.#environment = environment;
  }

  /**
   * The rendered manifests of a folder as one YAML text.
   *
   * @throws ServiceUnavailableError whose message is kustomize's own.
   */
  build(folder: string): Promise<string> {
    return this.#limit.run(() => this.#run(['build', folder]));
  }

  /** Such as `v4.5.4`. */
  version(): Promise<string> {
    this.#version ??= this.#run(['version', '--short']).then(
      text => /v[\d.]+/.exec(text)?.[0] ?? text.trim(),
      () => 'unknown',
    );
    return this.#version;
  }

  #run(args: string[]): Promise<string> {
    this.#binary ??= findKustomize();
    const binary = this.#binary;
    return new Promise((resolve, reject) => {
      execFile(
        binary,
        args,
        {
          env: { ...process.env, ...this.#environment },
          maxBuffer: 64 << 20,
          timeout: TIMEOUT_MS,
        },
        (error, stdout, stderr) => {
          if (!error) resolve(stdout);
          else
            reject(new ServiceUnavailableError(stderr.trim() || error.message));
        },
      );
    });
  }
}
