import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { MarkedOutput } from './MarkedOutput';

/** How a command ended, and what it wrote. */
export interface ShellResult {
  readonly code: number;
  readonly stdout: Buffer;
  readonly stderr: string;
}

const IDLE_MS = 5_000;

/**
 * A shell that waits for commands. Starting a process from a big one such as
 * ours blocks it for many milliseconds; a small shell does it in one. Takes one
 * command at a time.
 */
export class GitShell {
  readonly #shell: ChildProcessWithoutNullStreams;
  /** Ends each command's output. Nobody else can know it. */
  readonly #mark = `\n${randomUUID()} `;
  readonly #stdout = new MarkedOutput(this.#mark);
  readonly #stderr = new MarkedOutput(this.#mark);
  #idle: NodeJS.Timeout | undefined;
  #ended = false;

  constructor(env: NodeJS.ProcessEnv) {
    this.#shell = spawn('sh', [], { env });
    this.#shell.stdin.on('error', () => undefined);
    this.#shell.stdout.on('data', (chunk: Buffer) => this.#stdout.add(chunk));
    this.#shell.stderr.on('data', (chunk: Buffer) => this.#stderr.add(chunk));
    this.#shell.on('error', () => this.#end());
    this.#shell.on('close', () => this.#end());
    this.#setBusy(false);
  }

  /** Whether it can still take commands. */
  get isOpen(): boolean {
    return !this.#ended;
  }

  async run(folder: string, command: readonly string[]): Promise<ShellResult> {
    this.#setBusy(true);
    const words = command.map(quoted).join(' ');
    const mark = quoted(`${this.#mark}%s\n`);
    const answers = [this.#stdout.next(), this.#stderr.next()] as const;
    this.#shell.stdin.write(
      `cd ${quoted(folder)} && GIT_DIR=. ${words} </dev/null; code=$?\n` +
        `printf ${mark} "$code"; printf ${mark} "$code" >&2\n`,
    );
    try {
      const [stdout, stderr] = await Promise.all(answers);
      const text = stderr.output.toString('utf8');
      return { code: stdout.code, stdout: stdout.output, stderr: text };
    } finally {
      this.#setBusy(false);
    }
  }

  /** An idle shell keeps no program from ending, and goes after a while. */
  #setBusy(busy: boolean): void {
    const { stdout, stderr, stdin } = this.#shell;
    const parts = [this.#shell, stdout, stderr, stdin] as unknown as {
      ref(): void;
      unref(): void;
    }[];
    parts.forEach(part => (busy ? part.ref() : part.unref()));
    clearTimeout(this.#idle);
    if (!busy) this.#idle = setTimeout(() => this.#close(), IDLE_MS).unref();
  }

  #close(): void {
    this.#ended = true;
    this.#shell.stdin.end();
  }

  #end(): void {
    this.#ended = true;
    clearTimeout(this.#idle);
    this.#stdout.fail();
    this.#stderr.fail();
  }
}

function quoted(word: string): string {
  return `'${word.replaceAll("'", `'\\''`)}'`;
}
