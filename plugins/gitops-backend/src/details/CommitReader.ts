import { LRUCache } from 'lru-cache';
import { InstanceQueues } from '../applications/InstanceQueues';
import { ArgocdError } from '../argocd/ArgocdError';
import { type ArgoRevisionMetadata } from '../argocd/detailSchema';

const KEPT_MS = 24 * 60 * 60_000;
/** For all who look at the same time; whoever tries again is not told the same. */
const FAILURE_KEPT_MS = 2_000;
const MOST = 5_000;
const READS_AT_ONCE = 4;

type Outcome =
  | { readonly metadata: ArgoRevisionMetadata }
  | { readonly failure: ArgocdError };

interface Context {
  readonly instance: string;
  read(): Promise<ArgoRevisionMetadata>;
}

/** Names a commit, and the instance that is asked about it. */
interface CommitName {
  readonly instance: string;
  readonly repo: string;
  readonly revision: string;
}

/**
 * Who made commits, as Argo CD tells it. A commit does not change: it is asked
 * for once for everybody and every application, and where that fails not again
 * for a moment. Instances are asked independently of each other.
 */
export class CommitReader {
  readonly #queues = new InstanceQueues(READS_AT_ONCE);
  readonly #cache = new LRUCache<string, Outcome, Context>({
    max: MOST,
    ttl: KEPT_MS,
    fetchMethod: async (_key, _stale, { context, options }) => {
      try {
        return {
          metadata: await this.#queues.run(context.instance, () =>
            context.read(),
          ),
        };
      } catch (error) {
        if (!(error instanceof ArgocdError)) {
          throw error;
        }
        options.ttl = FAILURE_KEPT_MS;
        return { failure: error };
      }
    },
  });

  /** @throws ArgocdError where Argo CD could not tell. */
  async read(
    { instance, repo, revision }: CommitName,
    read: () => Promise<ArgoRevisionMetadata>,
  ): Promise<ArgoRevisionMetadata> {
    const outcome = await this.#cache.forceFetch(
      JSON.stringify([instance, repo, revision]),
      { context: { instance, read } },
    );
    if ('failure' in outcome) {
      throw outcome.failure;
    }
    return outcome.metadata;
  }
}
