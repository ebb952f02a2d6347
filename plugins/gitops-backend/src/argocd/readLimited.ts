import { ArgocdError } from './ArgocdError';

/**
 * Reads a body as text.
 *
 * @throws ArgocdError as soon as it is longer than `maxBytes`.
 */
export async function readLimited(
  body: AsyncIterable<Uint8Array> | null,
  maxBytes: number,
): Promise<string> {
  const decoder = new TextDecoder();
  let length = 0;
  let text = '';
  for await (const chunk of body ?? []) {
    length += chunk.length;
    if (length > maxBytes) {
      throw new ArgocdError(
        'unreachable',
        'Argo CD answered with more than can be read',
        `more than ${maxBytes} bytes`,
      );
    }
    text += decoder.decode(chunk, { stream: true });
  }
  return text + decoder.decode();
}
