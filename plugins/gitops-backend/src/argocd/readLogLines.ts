import { errorFor } from './answers';
import { logEntry } from './detailSchema';

/** A line that a pod logged. */
export interface ArgoLogLine {
  readonly text: string;
  /** As Argo CD spells it: RFC 3339 with fractions of a second. */
  readonly at?: string;
}

/**
 * Reads a log as Argo CD streams it: a JSON object on each line, the last one
 * without content. Empty lines at the end of pieces are left out.
 *
 * @throws ArgocdError where the stream tells of an error before any line.
 */
export function readLogLines(stream: string): ArgoLogLine[] {
  const lines: ArgoLogLine[] = [];
  for (const piece of stream.split('\n')) {
    const entry = logEntry.safeParse(parse(piece)).data;
    if (entry && 'error' in entry) {
      if (lines.length === 0) {
        const { grpc_code: code, http_code: status, message } = entry.error;
        throw errorFor(status ?? 500, { code, message });
      }
      break;
    }
    if (entry && !entry.result.last) {
      lines.push(toLine(entry.result));
    }
  }
  return lines;
}

function toLine(result: {
  content?: string | null;
  timeStampStr?: string | null;
}): ArgoLogLine {
  const { content, timeStampStr } = result;
  return { text: content ?? '', ...(timeStampStr && { at: timeStampStr }) };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
