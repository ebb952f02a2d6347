import { type RepositoryRecord, type StatusRecord } from './records';

/** The newest of each context. */
export function latestStatuses(
  record: RepositoryRecord,
  sha: string,
): StatusRecord[] {
  const all = record.statuses[sha] ?? [];
  return all.filter(
    (status, index) =>
      all.findIndex(other => other.context === status.context) === index,
  );
}
