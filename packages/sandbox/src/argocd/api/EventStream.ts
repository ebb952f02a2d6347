import { type ServerResponse } from 'node:http';
import { type GrpcError } from './GrpcError';
import { JsonFilter } from './jsonFields';

const KEEP_ALIVE_MS = 15_000;

/**
 * One watch as grpc-gateway frames it: SSE only where that is accepted exactly,
 * otherwise one JSON per line. Nothing is sent, headers included, before the
 * first message; keep-alives begin only then.
 */
export class EventStream {
  readonly #response: ServerResponse;
  readonly #isSse: boolean;
  readonly #filter: JsonFilter;
  readonly #isSilent: () => boolean;
  readonly #last = new Map<string, string>();
  #keepAlive: NodeJS.Timeout | undefined;

  constructor(
    response: ServerResponse,
    options: {
      accept: string | undefined;
      fields: string | null;
      /** Asked before each word: whether it is kept back. */
      isSilent: () => boolean;
    },
  ) {
    this.#response = response;
    this.#isSse = options.accept === 'text/event-stream';
    this.#filter = new JsonFilter(options.fields);
    this.#isSilent = options.isSilent;
    response.once('close', () => clearInterval(this.#keepAlive));
  }

  /** Whether anything at this path of a message would be sent. */
  shows(path: string): boolean {
    return this.#filter.keeps(`result.${path}`);
  }

  /** @param key - a message that equals the last one of the same key is not sent again */
  send(message: unknown, key?: string): void {
    if (this.#response.destroyed || this.#isSilent()) return;
    const text = this.#marshal({ result: message });
    if (key !== undefined && this.#last.get(key) === text) return;
    if (key !== undefined) this.#last.set(key, text);
    this.#begin(200);
    this.#response.write(`${text}\n`);
  }

  /** Ends the stream with an error; it is the HTTP status if nothing was sent yet. */
  fail(error: GrpcError): void {
    this.#begin(error.status);
    this.#response.end(this.#marshal(error.chunk));
  }

  /** Ends the stream when everything was said. */
  finish(): void {
    if (this.#isSilent()) return;
    this.#begin(200);
    this.#response.end();
  }

  /** Ends the stream without a word, as a server that stops does. */
  end(): void {
    if (this.#response.headersSent) this.#response.end();
    else this.#response.destroy();
  }

  #marshal(value: unknown): string {
    const json = JSON.stringify(this.#filter.filter(value));
    return this.#isSse ? `data: ${json} \n\n` : json;
  }

  #begin(status: number): void {
    if (this.#response.headersSent) return;
    this.#response.writeHead(
      status,
      this.#isSse
        ? {
            'Content-Type': 'text/event-stream',
            'X-Content-Type-Options': 'nosniff',
          }
        : { 'Content-Type': 'application/json' },
    );
    if (!this.#isSse) return;
    this.#keepAlive = setInterval(() => {
      if (!this.#isSilent()) this.#response.write(':\n');
    }, KEEP_ALIVE_MS).unref();
  }
}
