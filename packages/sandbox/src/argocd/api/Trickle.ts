import { type ServerResponse } from 'node:http';

const BYTES = 16;
const EVERY_MS = 100;

/** Writes a response as it is told to, or a few bytes at a time: as a line does that is hardly there. */
export class Trickle {
  readonly #response: ServerResponse;
  readonly #isSlow: () => boolean;
  #waiting = Buffer.alloc(0);
  #ends = false;
  #timer: NodeJS.Timeout | undefined;

  /** @param isSlow - asked again and again: what waits is sent at once when it is not */
  constructor(response: ServerResponse, isSlow: () => boolean) {
    this.#response = response;
    this.#isSlow = isSlow;
    response.once('close', () => this.#stop());
  }

  /** Nothing more once the response was ended, which closes it a moment later. */
  write(bytes: string | Buffer): void {
    if (this.#response.writableEnded) {
      return;
    }
    if (this.#timer === undefined && !this.#isSlow()) {
      this.#response.write(bytes);
      return;
    }
    this.#waiting = Buffer.concat([this.#waiting, Buffer.from(bytes)]);
    this.#timer ??= setInterval(() => this.#drip(), EVERY_MS).unref();
  }

  end(bytes: string | Buffer = ''): void {
    if (this.#timer === undefined && !this.#isSlow()) {
      this.#response.end(bytes);
      return;
    }
    this.#ends = true;
    this.write(bytes);
  }

  #drip(): void {
    if (this.#response.writableEnded) {
      this.#stop();
      return;
    }
    const size = this.#isSlow() ? BYTES : this.#waiting.length;
    this.#response.write(this.#waiting.subarray(0, size));
    this.#waiting = this.#waiting.subarray(size);
    if (this.#waiting.length > 0) return;
    this.#stop();
    if (this.#ends) this.#response.end();
  }

  #stop(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
  }
}
