import { InputError } from '@backstage/errors';
import { type LayoutValue } from './Layout';

/**
 * Everything a layout's strings can refer to.
 */
export const PLACEHOLDERS = [
  'service',
  'environment',
  'cluster',
  'clusterPath',
  'application',
  'namespace',
  'project',
  'destination',
  'instance',
  'entityRef',
  'repositoryUrl',
  'repositoryHost',
  'repositoryPath',
  'ref',
] as const;

/**
 * The name of a placeholder.
 */
export type Placeholder = (typeof PLACEHOLDERS)[number];

/**
 * What the placeholders stand for.
 */
export type PlaceholderValues = Readonly<Partial<Record<Placeholder, string>>>;

const PATTERN = /<([A-Za-z][A-Za-z0-9]*)>/g;

/**
 * The names in a template that are no placeholders.
 */
export function unknownPlaceholders(template: string): string[] {
  const known: readonly string[] = PLACEHOLDERS;
  return [...template.matchAll(PATTERN)]
    .map(match => match[1] ?? '')
    .filter(name => !known.includes(name));
}

/**
 * Puts values in the place of placeholders.
 *
 * @throws InputError for one that has no value here.
 */
export function fill(template: string, values: PlaceholderValues): string {
  return template.replace(PATTERN, (whole, name: string) => {
    const value = values[name as Placeholder];
    if (value === undefined) {
      throw new InputError(
        `The layout uses ${whole} in "${template}", which has no value there. Placeholders are ${PLACEHOLDERS.map(
          known => `<${known}>`,
        ).join(', ')}.`,
      );
    }
    return value;
  });
}

/**
 * Fills every string of a value.
 */
export function fillValue(
  template: LayoutValue,
  values: PlaceholderValues,
): LayoutValue {
  if (typeof template === 'string') {
    return fill(template, values);
  }
  if (Array.isArray(template)) {
    return template.map(item => fillValue(item, values));
  }
  if (typeof template === 'object' && template !== null) {
    return Object.fromEntries(
      Object.entries(template).map(([key, value]) => [
        fill(key, values),
        fillValue(value, values),
      ]),
    );
  }
  return template;
}
