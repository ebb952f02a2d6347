import { type DeploymentHistoryEntry } from '@callboard/backstage-plugin-gitops-common';

/** An entry of the history, and until when it was the newest. */
export interface HistoryRow extends DeploymentHistoryEntry {
  /** Absent for the one that is live; ISO 8601, UTC. */
  readonly until?: string;
}

/** The history, newest first, with the time that each entry was live. */
export function historyRows(
  entries: readonly DeploymentHistoryEntry[],
): readonly HistoryRow[] {
  return entries.map((entry, at) => {
    const until = entries[at - 1]?.at;
    return until ? { ...entry, until } : entry;
  });
}
