import { type Application } from '../Application';

/** What `fields` of the list may name, since which minor of Argo CD 3, and what it gives. */
const FIELDS: readonly [
  field: string,
  since: number,
  value: (application: Application) => unknown,
][] = [
  ['metadata.name', 0, a => a.metadata.name],
  ['metadata.namespace', 0, a => a.metadata.namespace],
  ['metadata.annotations', 0, a => a.metadata.annotations ?? null],
  ['metadata.labels', 0, a => a.metadata.labels ?? null],
  ['metadata.creationTimestamp', 0, a => a.metadata.creationTimestamp],
  ['metadata.deletionTimestamp', 0, a => a.metadata.deletionTimestamp ?? null],
  ['spec', 0, a => a.spec],
  ['spec.destination', 5, a => a.spec.destination],
  ['spec.project', 5, a => a.spec.project ?? ''],
  ['spec.source', 5, a => a.spec.source ?? null],
  ['spec.sources', 5, a => a.spec.sources ?? null],
  ['spec.syncPolicy', 5, a => a.spec.syncPolicy ?? null],
  ['status.sourceHydrator', 2, () => ({})],
  ['status.summary', 0, a => a.status?.summary ?? {}],
  ['status.sync.status', 0, a => a.status?.sync?.status ?? ''],
  ['status.sync.revision', 5, a => a.status?.sync?.revision ?? ''],
  ['status.health', 0, a => a.status?.health ?? {}],
  ['status.operationState.startedAt', 0, a => stateField(a, 'startedAt')],
  ['status.operationState.finishedAt', 0, a => stateField(a, 'finishedAt')],
  ['status.operationState.phase', 0, a => stateField(a, 'phase')],
  // A quirk of Argo CD: this is the result, not the operation.
  ['status.operationState.operation.sync', 0, a => stateField(a, 'syncResult')],
  [
    'status.resources',
    0,
    a => (a.status?.resources?.length ? a.status.resources : undefined),
  ],
  [
    'operation.sync',
    0,
    a => (a.operation ? a.operation.sync ?? null : undefined),
  ],
];

/**
 * The projection that a list's `fields` asks for: only what Argo CD's whitelist
 * of that version holds, absent maps and pointers as `null`.
 *
 * @param minor - of the emulated Argo CD 3
 * @returns undefined where no projection is asked for
 */
export function listProjection(
  fields: string | null,
  minor: number,
): ((application: Application) => object) | undefined {
  if (!fields) return undefined;
  const exclude = fields.startsWith('-');
  const named = new Set(fields.replace(/^-/, '').split(','));
  const known = FIELDS.filter(([, since]) => since <= minor);
  const chosen = known.filter(
    ([field]) => named.has(`items.${field}`) !== exclude,
  );
  const names = chosen.map(([field]) => field);
  const outermost = chosen.filter(
    ([field]) => !names.some(other => field.startsWith(`${other}.`)),
  );
  return application => {
    const item = {};
    for (const [field, , value] of outermost) {
      const found = value(application);
      if (found !== undefined) place(item, field.split('.'), found);
    }
    return item;
  };
}

function place(
  item: Record<string, unknown>,
  [first = '', ...rest]: string[],
  value: unknown,
): void {
  if (rest.length === 0) {
    item[first] = value;
    return;
  }
  item[first] ??= {};
  place(item[first] as Record<string, unknown>, rest, value);
}

function stateField(
  application: Application,
  field: 'startedAt' | 'finishedAt' | 'phase' | 'syncResult',
): unknown {
  const state = application.status?.operationState;
  return state ? state[field] ?? null : undefined;
}
