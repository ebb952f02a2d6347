import { GitShell, type ShellResult } from './GitShell';

/** More would only compete for the processors. */
const MOST = 4;

/** A few shells that share the work; commands wait until one is free. */
export class GitShells {
  readonly #env: NodeJS.ProcessEnv;
  readonly #free: GitShell[] = [];
  readonly #waiting: (() => void)[] = [];
  #busy = 0;

  constructor(env: NodeJS.ProcessEnv) {
    this.#env = env;
  }

  async run(folder: string, command: readonly string[]): Promise<ShellResult> {
    if (this.#busy >= MOST) {
      // Whoever finishes hands the place on.
      await new Promise<void>(resolve => this.#waiting.push(resolve));
    } else {
      this.#busy += 1;
    }
    const shell = this.#take();
    try {
      return await shell.run(folder, command);
    } finally {
      if (shell.isOpen) this.#free.push(shell);
      const next = this.#waiting.shift();
      if (next) next();
      else this.#busy -= 1;
    }
  }

  #take(): GitShell {
    for (let shell = this.#free.pop(); shell; shell = this.#free.pop()) {
      if (shell.isOpen) return shell;
    }
    return new GitShell(this.#env);
  }
}
