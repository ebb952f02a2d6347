import { ServiceUnavailableError } from '@backstage/errors';

/** What one command wrote, and the number behind the mark that ended it. */
interface Written {
  readonly output: Buffer;
  readonly code: number;
}

interface Waiting {
  resolve(written: Written): void;
  reject(error: Error): void;
}

/** Digits of an exit code and the end of the line. */
const MAX_CODE_LENGTH = 4;

/** A stream of outputs, each ended by a mark, a number and the end of the line. */
export class MarkedOutput {
  readonly #mark: string;
  #chunks: Buffer[] = [];
  #waiting: Waiting | undefined;

  constructor(mark: string) {
    this.#mark = mark;
  }

  /** The next output; one is waited for at a time. */
  next(): Promise<Written> {
    return new Promise((resolve, reject) => {
      this.#waiting = { resolve, reject };
    });
  }

  add(chunk: Buffer): void {
    this.#chunks.push(chunk);
    // A mark is the last that comes: only the end needs to be looked at.
    const tail = this.#tail(this.#mark.length + MAX_CODE_LENGTH);
    const at = tail.lastIndexOf(this.#mark);
    if (at < 0 || !tail.endsWith('\n')) return;
    const all = Buffer.concat(this.#chunks);
    this.#chunks = [];
    const output = all.subarray(0, all.length - (tail.length - at));
    const code = Number(tail.slice(at + this.#mark.length));
    this.#waiting?.resolve({ output, code });
    this.#waiting = undefined;
  }

  fail(): void {
    this.#waiting?.reject(new ServiceUnavailableError('The shell has ended'));
    this.#waiting = undefined;
  }

  #tail(length: number): string {
    let tail = Buffer.alloc(0);
    for (let at = this.#chunks.length - 1; at >= 0; at -= 1) {
      if (tail.length >= length) break;
      tail = Buffer.concat([this.#chunks[at] ?? tail, tail]);
    }
    return tail.subarray(-length).toString('latin1');
  }
}
