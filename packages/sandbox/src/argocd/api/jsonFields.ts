/**
 * Argo CD's generic `fields` filter of streams and managed resources: keeps
 * what is named, what is below it, and what leads there; arrays are
 * transparent. It filters an error chunk too: without `error` among the fields
 * that becomes `{}`.
 */
export function filterFields(value: unknown, fields: string | null): unknown {
  if (!fields) return value;
  const exclude = fields.startsWith('-');
  const names = fields.replace(/^-/, '').split(',');
  return filter(value, [], { names, exclude });
}

function filter(
  value: unknown,
  path: readonly string[],
  rule: { names: readonly string[]; exclude: boolean },
): unknown {
  if (Array.isArray(value)) {
    return value.map(element => filter(element, path, rule));
  }
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, inner]) => {
      const here = [...path, key];
      const name = here.join('.');
      const named = rule.names.includes(name);
      const leads = named || rule.names.some(other => other.startsWith(name));
      if (rule.exclude ? named : !leads) return [];
      return [[key, named ? inner : filter(inner, here, rule)]];
    }),
  );
}
