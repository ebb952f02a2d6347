import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { ServiceUnavailableError } from '@backstage/errors';
import { type GitObject, type ObjectType } from './objects';
import { gitEnvironment } from './runGit';

const IDLE_MS = 10_000;

interface NamedObject extends GitObject {
  readonly sha: string;
}

interface Waiting {
  resolve(object: NamedObject | undefined): void;
  reject(error: unknown): void;
}

/**
 * A `git cat-file --batch` that stays while it is used: reads any object,
 * packed or loose, without a new process each time.
 */
export class CatFile {
  readonly #folder: string;
  #process: ChildProcessWithoutNullStreams | undefined;
  #waiting: Waiting[] = [];
  #received: Buffer = Buffer.alloc(0);
  #idle: NodeJS.Timeout | undefined;

  constructor(folder: string) {
    this.#folder = folder;
  }

  /** The object of that name (`<sha>`, `<sha>^{commit}`); undefined if there is none. */
  read(name: string): Promise<NamedObject | undefined> {
    return new Promise((resolve, reject) => {
      const git = this.#running();
      clearTimeout(this.#idle);
      this.#waiting.push({ resolve, reject });
      git.stdin.write(`${name}\n`);
    });
  }

  close(): void {
    clearTimeout(this.#idle);
    this.#process?.stdin.end();
    this.#process = undefined;
  }

  #running(): ChildProcessWithoutNullStreams {
    if (this.#process) return this.#process;
    const git = spawn('git', ['cat-file', '--batch'], {
      cwd: this.#folder,
      env: { ...gitEnvironment, GIT_DIR: this.#folder },
    });
    git.stdin.on('error', () => undefined);
    git.stderr.resume();
    git.stdout.on('data', (chunk: Buffer) => this.#take(chunk));
    git.on('error', () => this.#ended(git));
    git.on('close', () => this.#ended(git));
    this.#process = git;
    return git;
  }

  #ended(git: ChildProcessWithoutNullStreams): void {
    if (this.#process !== git && this.#process !== undefined) return;
    this.#process = undefined;
    this.#received = Buffer.alloc(0);
    const waiting = this.#waiting;
    this.#waiting = [];
    const error = new ServiceUnavailableError('git cat-file ended early');
    waiting.forEach(({ reject }) => reject(error));
  }

  #take(chunk: Buffer): void {
    this.#received = Buffer.concat([this.#received, chunk]);
    while (this.#answerNext());
    if (this.#waiting.length === 0) {
      clearTimeout(this.#idle);
      this.#idle = setTimeout(() => this.close(), IDLE_MS).unref();
    }
  }

  #answerNext(): boolean {
    const end = this.#received.indexOf('\n');
    if (end === -1) return false;
    const [sha = '', type = '', size = ''] = this.#received
      .toString('utf8', 0, end)
      .split(' ');
    if (size === '') {
      this.#received = this.#received.subarray(end + 1);
      this.#waiting.shift()?.resolve(undefined);
      return true;
    }
    const bodyEnd = end + 1 + Number(size);
    if (this.#received.length < bodyEnd + 1) return false;
    const body = Buffer.from(this.#received.subarray(end + 1, bodyEnd));
    this.#received = this.#received.subarray(bodyEnd + 1);
    this.#waiting.shift()?.resolve({ sha, type: type as ObjectType, body });
    return true;
  }
}
