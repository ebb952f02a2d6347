import { type ServerResponse } from 'node:http';
import { type FaultState } from './Faults';
import { type GrpcError } from './GrpcError';
import { Trickle } from './Trickle';
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
  readonly #faults: Readonly<FaultState>;
  readonly #trickle: Trickle;
  readonly #last = new Map<string, string>();
  #keepAlive: NodeJS.Timeout | undefined;

  constructor(
    response: ServerResponse,
    options: {
      accept: string | undefined;
      fields: string | null;
      /** Looked at before each word: it may be kept back, or dribble. */
      faults: Readonly<FaultState>;
    },
  ) {
    this.#response = response;
    this.#isSse = options.accept === 'text/event-stream';
    this.#filter = new JsonFilter(options.fields);
    this.#faults = options.faults;
    this.#trickle = new Trickle(response, () => this.#faults.dribbling);
    response.once('close', () => clearInterval(this.#keepAlive));
  }

  /** Whether anything at this path of a message would be sent. */
  shows(path: string): boolean {
    return this.#filter.keeps(`result.${path}`);
  }

  /** @param key - a message that equals the last one of the same key is not sent again */
  send(message: unknown, key?: string): void {
    if (this.#response.destroyed || this.#faults.silent) return;
    const text = this.#marshal({ result: message });
    if (key !== undefined && this.#last.get(key) === text) return;
    if (key !== undefined) this.#last.set(key, text);
    this.#begin(200);
    this.#trickle.write(`${text}\n`);
  }

  /** Ends the stream with an error; it is the HTTP status if nothing was sent yet. */
  fail(error: GrpcError): void {
    this.#begin(error.status);
    this.#trickle.end(this.#marshal(error.chunk));
  }

  /** Ends the stream when everything was said. */
  finish(): void {
    if (this.#faults.silent) return;
    this.#begin(200);
    this.#trickle.end();
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
      if (!this.#faults.silent) this.#trickle.write(':\n');
    }, KEEP_ALIVE_MS).unref();
  }
}
