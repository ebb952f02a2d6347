import { REQUESTED_BY } from '../actions/requestedBy';

/** Who began a sync, as Argo CD tells it. */
interface Initiator {
  readonly username?: string | null;
  readonly automated?: boolean | null;
}

interface Operation {
  readonly initiatedBy?: Initiator | null;
  readonly info?:
    | readonly {
        readonly name?: string | null;
        readonly value?: string | null;
      }[]
    | null;
}

/** An account of Argo CD's, or `auto-sync`. */
export function initiatorOf(
  by: Initiator | null | undefined,
): string | undefined {
  return by?.username || (by?.automated ? 'auto-sync' : undefined);
}

/**
 * Who asked for an operation: the portal's account syncs for people, and the
 * operation then tells for whom.
 */
export function whoAsked(
  operation: Operation | null | undefined,
): string | undefined {
  const person = operation?.info?.find(({ name }) => name === REQUESTED_BY);
  return person?.value || initiatorOf(operation?.initiatedBy);
}
