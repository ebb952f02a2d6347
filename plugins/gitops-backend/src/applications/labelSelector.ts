/** One condition of a label selector. */
export type LabelRequirement = {
  readonly key: string;
} & (
  | { readonly operator: 'exists' | 'absent' }
  | { readonly operator: 'in' | 'notIn'; readonly values: readonly string[] }
);

const KEY =
  /^([a-z0-9.-]{1,253}\/)?[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$/;
const VALUE = /^([A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?)?$/;
const MAX_LENGTH = 2_000;

/**
 * Reads a Kubernetes label selector, for example `team=cart,tier in (a, b)`;
 * see https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/
 *
 * @returns nothing if it is none.
 */
export function parseLabelSelector(
  text: string,
): readonly LabelRequirement[] | undefined {
  if (text.length > MAX_LENGTH) {
    return undefined;
  }
  // Commas within parentheses belong to a set.
  const parts = text.split(/,(?![^(]*\))/).map(part => part.trim());
  const requirements = parts.map(parseRequirement);
  return requirements.some(requirement => !requirement)
    ? undefined
    : requirements.flatMap(requirement => requirement ?? []);
}

/** Whether labels fulfil all requirements. */
export function matchesLabels(
  labels: Readonly<Record<string, string>>,
  requirements: readonly LabelRequirement[],
): boolean {
  return requirements.every(requirement => {
    const value = labels[requirement.key];
    switch (requirement.operator) {
      case 'exists':
        return value !== undefined;
      case 'absent':
        return value === undefined;
      case 'in':
        return value !== undefined && requirement.values.includes(value);
      case 'notIn':
        // As in Kubernetes: an object without the label matches.
        return value === undefined || !requirement.values.includes(value);
      default:
        return requirement satisfies never;
    }
  });
}

function parseRequirement(part: string): LabelRequirement | undefined {
  const requirement =
    parseSet(part) ?? parseEquality(part) ?? parseExistence(part);
  if (!requirement || !KEY.test(requirement.key)) {
    return undefined;
  }
  const values = 'values' in requirement ? requirement.values : [];
  return values.every(value => VALUE.test(value)) ? requirement : undefined;
}

function parseSet(part: string): LabelRequirement | undefined {
  const match = /^(\S+)\s+(in|notin)\s*\(([^()]*)\)$/.exec(part);
  return (
    (match && {
      key: match[1] ?? '',
      operator: match[2] === 'in' ? 'in' : 'notIn',
      values: (match[3] ?? '').split(',').map(value => value.trim()),
    }) ??
    undefined
  );
}

function parseEquality(part: string): LabelRequirement | undefined {
  const match = /^([^=!\s]+)\s*(==|=|!=)\s*([^=!\s]*)$/.exec(part);
  return (
    (match && {
      key: match[1] ?? '',
      operator: match[2] === '!=' ? 'notIn' : 'in',
      values: [match[3] ?? ''],
    }) ??
    undefined
  );
}

function parseExistence(part: string): LabelRequirement | undefined {
  const match = /^(!?)\s*([^=!\s()]+)$/.exec(part);
  return (
    (match && {
      key: match[2] ?? '',
      operator: match[1] ? 'absent' : 'exists',
    }) ??
    undefined
  );
}
