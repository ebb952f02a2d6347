import { GrpcError } from './GrpcError';

type Labels = Readonly<Record<string, string>>;

/**
 * A Kubernetes label selector: `a=b`, `a!=b`, `a in (b,c)`, `a notin (b,c)`,
 * `a`, `!a`, separated by commas.
 *
 * @throws GrpcError where it does not parse, which Argo CD answers with 500.
 */
export function labelSelector(text: string): (labels: Labels) => boolean {
  const requirements = text
    .split(/,(?![^(]*\))/)
    .map(part => part.trim())
    .filter(part => part !== '')
    .map(part => requirement(part, text));
  return labels => requirements.every(matches => matches(labels));
}

function requirement(part: string, text: string): (labels: Labels) => boolean {
  const set = /^([\w./-]+)\s+(in|notin)\s*\(([^)]*)\)$/.exec(part);
  if (set) {
    const [, key = '', operator, list = ''] = set;
    const values = list.split(',').map(value => value.trim());
    return labels =>
      values.includes(labels[key] ?? '') === (operator === 'in') &&
      (operator === 'notin' || key in labels);
  }
  const equality = /^([\w./-]+)\s*(==|=|!=)\s*([\w.-]*)$/.exec(part);
  if (equality) {
    const [, key = '', operator, value] = equality;
    return labels => (labels[key] === value) === (operator !== '!=');
  }
  const existence = /^(!?)\s*([\w./-]+)$/.exec(part);
  if (existence) {
    const [, not, key = ''] = existence;
    return labels => key in labels === (not === '');
  }
  throw new GrpcError(
    'Unknown',
    `error parsing the selector: unable to parse requirement: ${text}`,
  );
}
