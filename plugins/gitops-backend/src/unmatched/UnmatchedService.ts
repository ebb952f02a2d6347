import { type BackstageCredentials } from '@backstage/backend-plugin-api';
import {
  type Source,
  type Unmatched,
  type UnmatchedList,
  type UnmatchedQuery,
  type UnmatchedReason,
} from '@callboard/backstage-plugin-gitops-common';
import { type SetupAuthorizer } from '../setup/SetupAuthorizer';
import { SharedAnswer } from '../setup/SharedAnswer';
import { readCursor, takePage } from './pages';

const KEPT_MS = 30_000;
const PROVISIONAL_MS = 2_000;
const USUAL_LIMIT = 100;

/** Everything that does not come together at the moment, in order. */
export interface UnmatchedSnapshot {
  readonly items: readonly Unmatched[];
  readonly sources: readonly Source[];
  /** ISO 8601, UTC. */
  readonly checkedAt: string;
  /** Whether something was not read yet, so that there will soon be more. */
  readonly isProvisional: boolean;
}

/** Answers which applications and entities don't come together. */
export class UnmatchedService {
  readonly #authorizer: SetupAuthorizer;
  readonly #snapshot: SharedAnswer<UnmatchedSnapshot>;

  constructor(options: {
    authorizer: SetupAuthorizer;
    /** Works it out anew; the answer is shared by all who ask within half a minute. */
    takeSnapshot: () => Promise<UnmatchedSnapshot>;
  }) {
    this.#authorizer = options.authorizer;
    this.#snapshot = new SharedAnswer({
      work: options.takeSnapshot,
      keptMs: ({ isProvisional }) => (isProvisional ? PROVISIONAL_MS : KEPT_MS),
    });
  }

  /**
   * @throws NotAllowedError without the permission `gitops.setup.read`.
   * @throws InputError for a cursor that is none of ours.
   * @throws ServiceUnavailableError where the catalog cannot be read.
   */
  async list(
    query: UnmatchedQuery,
    credentials: BackstageCredentials,
  ): Promise<UnmatchedList> {
    await this.#authorizer.authorize(credentials);
    const { instance, reason, limit = USUAL_LIMIT } = query;
    const after = query.cursor ? readCursor(query.cursor) : undefined;
    const { items, sources, checkedAt } = await this.#snapshot.get();
    const ofInstance = instance
      ? items.filter(({ application }) => application?.instance === instance)
      : items;
    const wanted = reason
      ? ofInstance.filter(item => item.reason === reason)
      : ofInstance;
    return {
      ...takePage(wanted, { after, limit }),
      counts: countByReason(ofInstance),
      sources,
      checkedAt,
    };
  }
}

function countByReason(
  items: readonly Unmatched[],
): Partial<Record<UnmatchedReason, number>> {
  const counts: Partial<Record<UnmatchedReason, number>> = {};
  for (const { reason } of items) {
    counts[reason] = (counts[reason] ?? 0) + 1;
  }
  return counts;
}
