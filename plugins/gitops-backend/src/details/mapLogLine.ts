import { type LogLine } from '@callboard/backstage-plugin-gitops-common';
import { type ArgoLogLine } from '../argocd/readLogLines';

const MOST_CHARACTERS = 4_000;

/** A line of bearable length, with its time to the millisecond. */
export function mapLogLine({ text, at }: ArgoLogLine): LogLine {
  const time = at === undefined ? NaN : Date.parse(at);
  return {
    text:
      text.length > MOST_CHARACTERS
        ? `${text.slice(0, MOST_CHARACTERS)}…`
        : text,
    ...(!Number.isNaN(time) && { at: new Date(time).toISOString() }),
  };
}
