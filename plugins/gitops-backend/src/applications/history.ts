import { type Application, type HistoryEntry } from './Application';

/**
 * As it is kept: ten deployments of each application of a fleet would be most
 * of the objects that the garbage collector has to look at again and again.
 */
export function keepHistory(history: readonly HistoryEntry[]): string {
  return JSON.stringify(history);
}

/** Oldest first. */
export function historyOf({
  keptHistory,
}: Pick<Application, 'keptHistory'>): readonly HistoryEntry[] {
  return JSON.parse(keptHistory) as HistoryEntry[];
}
