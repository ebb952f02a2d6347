import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';

/** What a child process answers to, by name. */
type Methods = Record<string, (argument: never) => unknown>;

interface Answer {
  readonly id: number;
  readonly result?: unknown;
  readonly error?: string;
}

const TRANSFORM = '@backstage/cli/config/nodeTransform.cjs';

/**
 * A process of its own for everything that is measured, so that its memory is
 * its own and nobody else's garbage is collected in its time.
 */
export class Child<M extends Methods> {
  readonly #process: ChildProcess;
  readonly #waiting = new Map<number, (answer: Answer) => void>();
  #asked = 0;

  constructor(file: string) {
    this.#process = fork(file, {
      execArgv: ['--require', TRANSFORM, '--expose-gc'],
      // What a portal writes to its log is written, and nobody reads it.
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
      env: { ...process.env, NODE_ENV: 'production' },
    });
    this.#process.on('message', (answer: Answer) => {
      this.#waiting.get(answer.id)?.(answer);
      this.#waiting.delete(answer.id);
    });
    this.#process.once('exit', code => {
      for (const [id, answer] of this.#waiting) {
        answer({ id, error: `${file} ended (${code})` });
      }
    });
  }

  ask<N extends keyof M & string>(
    method: N,
    argument?: Parameters<M[N]>[0],
  ): Promise<Awaited<ReturnType<M[N]>>> {
    this.#asked += 1;
    const id = this.#asked;
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, ({ result, error }) =>
        error === undefined
          ? resolve(result as Awaited<ReturnType<M[N]>>)
          : reject(new TypeError(`${method}: ${error}`)),
      );
      this.#process.send({ id, method, argument });
    });
  }

  async stop(): Promise<void> {
    const { exitCode, signalCode } = this.#process;
    if (exitCode !== null || signalCode !== null) return;
    const ended = once(this.#process, 'exit');
    this.#process.kill('SIGKILL');
    await ended;
  }
}

/** What a child process does: answers its parent, and ends with it. */
export function serve(methods: Methods): void {
  process.on('disconnect', () => process.exit());
  process.on(
    'message',
    async ({
      id,
      method,
      argument,
    }: {
      id: number;
      method: string;
      argument: never;
    }) => {
      try {
        process.send?.({ id, result: await methods[method]?.(argument) });
      } catch (error) {
        const stack = error instanceof Error ? error.stack : String(error);
        process.send?.({ id, error: stack });
      }
    },
  );
}
