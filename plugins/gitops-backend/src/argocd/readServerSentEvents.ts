import { ArgocdError } from './ArgocdError';

/**
 * Reads the data of server-sent events; comments (keep-alives) and other
 * fields are skipped. See https://html.spec.whatwg.org/multipage/server-sent-events.html
 *
 * @param onBytes - called for everything that arrives, keep-alives too.
 * @throws ArgocdError if one event is longer than `maxEventBytes`.
 */
export async function* readServerSentEvents(
  body: AsyncIterable<Uint8Array>,
  options: { maxEventBytes: number; onBytes?: () => void },
): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  let rest = '';
  let data: string[] = [];
  for await (const chunk of body) {
    options.onBytes?.();
    const lines = (rest + decoder.decode(chunk, { stream: true })).split(
      /\r\n|\n|\r(?!$)/,
    );
    rest = lines.pop() ?? '';
    for (const line of lines) {
      if (line === '' && data.length > 0) {
        yield data.join('\n');
        data = [];
      } else if (line.startsWith('data:')) {
        data.push(line.slice(line[5] === ' ' ? 6 : 5));
      }
    }
    guardLength(rest, data, options.maxEventBytes);
  }
}

function guardLength(rest: string, data: string[], maxBytes: number): void {
  if (data.reduce((sum, line) => sum + line.length, rest.length) > maxBytes) {
    throw new ArgocdError(
      'unreachable',
      'Argo CD sent an event that is too long to be read',
      `more than ${maxBytes} bytes`,
    );
  }
}
