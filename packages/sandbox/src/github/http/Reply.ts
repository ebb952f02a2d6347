import { createHash } from 'node:crypto';
import { type IncomingMessage, type ServerResponse } from 'node:http';
import { type Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

/** An answer: JSON if the body is an object, else as it is. */
export interface Reply {
  readonly status: number;
  readonly body?: object | string | Buffer;
  /** Instead of a body. */
  readonly stream?: Readable;
  readonly headers?: Readonly<Record<string, string>>;
}

export function ok(body: object): Reply {
  return { status: 200, body };
}

export function created(body: object, location?: string): Reply {
  return { status: 201, body, ...(location && { headers: { location } }) };
}

export const noContent: Reply = { status: 204 };

/** Sends the reply; a GET whose ETag the client has already gets a 304. */
export async function send(
  request: IncomingMessage,
  response: ServerResponse,
  reply: Reply,
): Promise<void> {
  if (reply.stream) {
    response.writeHead(reply.status, reply.headers);
    await pipeline(reply.stream, response);
    return;
  }
  const body = bytesOf(reply.body);
  const headers: Record<string, string> = { ...reply.headers };
  const reading = request.method === 'GET' || request.method === 'HEAD';
  if (reading && reply.status === 200) {
    headers.etag ??= `W/"${createHash('sha256').update(body).digest('hex')}"`;
    if (matches(request.headers['if-none-match'], headers.etag)) {
      response.writeHead(304, { etag: headers.etag });
      response.end();
      return;
    }
  }
  if (reply.body !== undefined) {
    headers['content-type'] ??= contentTypeOf(reply.body);
    headers['content-length'] = String(body.length);
  }
  response.writeHead(reply.status, headers);
  response.end(request.method === 'HEAD' ? undefined : body);
}

function bytesOf(body: Reply['body']): Buffer {
  if (body === undefined) return Buffer.alloc(0);
  if (Buffer.isBuffer(body)) return body;
  return Buffer.from(typeof body === 'string' ? body : JSON.stringify(body));
}

function contentTypeOf(body: object | string): string {
  if (Buffer.isBuffer(body)) return 'application/octet-stream';
  return typeof body === 'string'
    ? 'text/plain; charset=utf-8'
    : 'application/json; charset=utf-8';
}

/** Weak comparison, as If-None-Match asks for. */
function matches(header: string | undefined, etag: string): boolean {
  const plain = (tag: string) => tag.trim().replace(/^W\//, '');
  return (header ?? '')
    .split(',')
    .some(tag => tag.trim() === '*' || plain(tag) === plain(etag));
}
