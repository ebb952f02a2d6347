import {
  type Application,
  type HistoryEntry,
  type Operation,
} from '../applications/Application';
import { type ApplicationChange } from '../applications/ApplicationStore';
import { historyOf } from '../applications/history';
import { toPublicText } from '../deployments/toPublicText';
import { type Observation, type ObservedSync } from './Observation';

/**
 * What a change of an application tells of what happened to it.
 *
 * Argo CD does not tell events but states, and states remember: the last ten
 * deployments, the last operation, since when the health is what it is. So what
 * happened is what the new state remembers and the old one does not, and a
 * first look tells what happened before anybody looked, too. Each has a name
 * that is made of what Argo CD says only, the same for everybody who looks.
 *
 * @param goneAt - when the application was found deleted, by our clock; for
 * those of which Argo CD does not tell the time. ISO 8601, UTC.
 */
export function deriveObservations(
  { before, after, deleted = false }: ApplicationChange,
  goneAt: string,
): Observation[] {
  const known = new Set(before && rememberedBy(before).map(({ fact }) => fact));
  const now = after ? rememberedBy(after) : [];
  const removal = !after && before && deleted ? removalOf(before, goneAt) : [];
  return [...now, ...removal].filter(({ fact }) => !known.has(fact));
}

/** Everything that an application remembers of what happened to it. */
export function rememberedBy(application: Application): Observation[] {
  const { deletedAt } = application;
  const history = historyOf(application);
  return [
    ...creationOf(application),
    ...history.flatMap(entry => deploymentOf(application, entry)),
    ...operationOf(application, history),
    ...healthOf(application),
    ...(deletedAt ? removalOf(application, deletedAt) : []),
  ];
}

function creationOf({ id, createdAt }: Application): Observation[] {
  const at = toTime(createdAt);
  return at
    ? [
        {
          application: id,
          fact: `life/created/${at}`,
          at,
          what: { kind: 'life', outcome: 'created' },
        },
      ]
    : [];
}

/** Named after the creation: it may be created and removed again and again. */
function removalOf(
  { id, createdAt, deletedAt }: Application,
  goneAt: string,
): Observation[] {
  const created = toTime(createdAt);
  const at = toTime(deletedAt ?? goneAt);
  return created && at
    ? [
        {
          application: id,
          fact: `life/removed/${created}`,
          at,
          what: { kind: 'life', outcome: 'removed' },
        },
      ]
    : [];
}

const OUTCOMES: ReadonlyMap<string, ObservedSync['outcome']> = new Map([
  ['Succeeded', 'succeeded'],
  ['Failed', 'failed'],
  ['Error', 'error'],
]);

/** A deployment is an operation that the history keeps. */
function deploymentOf(
  application: Application,
  entry: HistoryEntry,
): Observation[] {
  const at = toTime(entry.at);
  const startedAt = toTime(entry.startedAt);
  const operation = operationBegunAt(application, startedAt);
  if (!at || (operation && !isOver(operation))) {
    // Argo CD writes the history first, and then what else there is to know.
    return [];
  }
  // The history knows the portal's account, the operation for whom it was.
  const by = operation?.by ?? entry.by;
  return [
    {
      application: application.id,
      fact: `sync/history/${entry.id}/${startedAt ?? at}`,
      at,
      what: {
        kind: 'sync',
        outcome: 'succeeded',
        partial: false,
        ...(startedAt && { startedAt }),
        revisions: entry.revisions.map(({ kind, repo, value }) => ({
          kind,
          repo,
          value,
        })),
        images: operation?.images ?? [],
        ...(by && { by }),
      },
    },
  ];
}

function operationBegunAt(
  { operation }: Application,
  startedAt: string | undefined,
): Operation | undefined {
  return startedAt && startedAt === toTime(operation?.startedAt)
    ? operation
    : undefined;
}

function isOver({ phase }: Operation): boolean {
  return OUTCOMES.has(phase);
}

/** The last operation, if it is over and the history does not keep it. */
function operationOf(
  application: Application,
  history: readonly HistoryEntry[],
): Observation[] {
  const { operation } = application;
  return operation && !operation.dryRun && !isKept(operation, history)
    ? syncOf(application, operation)
    : [];
}

function syncOf(application: Application, operation: Operation): Observation[] {
  const { message, partial, revisions, images, by } = operation;
  const outcome = OUTCOMES.get(operation.phase);
  const startedAt = toTime(operation.startedAt);
  const at = toTime(operation.finishedAt);
  if (!outcome || !startedAt || !at) {
    return [];
  }
  return [
    {
      application: application.id,
      fact: `sync/operation/${startedAt}/${at}/${outcome}`,
      at,
      ...(message && outcome !== 'succeeded'
        ? { message: toPublicText(message) }
        : {}),
      what: {
        kind: 'sync',
        outcome,
        partial,
        startedAt,
        revisions,
        images,
        ...(by && { by }),
      },
    },
  ];
}

function isKept(
  operation: Operation,
  history: readonly HistoryEntry[],
): boolean {
  const startedAt = toTime(operation.startedAt);
  return (
    operation.phase === 'Succeeded' &&
    !operation.partial &&
    history.some(entry => toTime(entry.startedAt) === startedAt)
  );
}

/**
 * The health, and since when. Progressing is on the way from one to another,
 * and says of neither that it was lost or regained.
 */
function healthOf({ id, health }: Application): Observation[] {
  const at = toTime(health.since);
  return at && health.status !== 'Progressing'
    ? [
        {
          application: id,
          fact: `health/${at}/${health.status}`,
          at,
          what: { kind: 'health', outcome: health.status },
        },
      ]
    : [];
}

/** A time in one spelling; none where it is none. */
function toTime(text: string | undefined): string | undefined {
  const ms = Date.parse(text ?? '');
  return Number.isNaN(ms) ? undefined : new Date(ms).toISOString();
}
