import { type IncomingMessage } from 'node:http';
import { ApiError } from './ApiError';

/**
 * The whole body of a request.
 *
 * @throws ApiError 413 if it is longer than allowed.
 */
export async function readBody(
  request: IncomingMessage,
  maxBytes: number,
): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > maxBytes) throw new ApiError(413, 'Payload too large');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
