import { LRUCache } from 'lru-cache';
import { type ApplicationName } from '../argocd/ArgocdCalls';
import { type ArgocdClient } from '../argocd/ArgocdClient';
import { failureOf } from '../argocd/ArgocdError';
import { type ArgoApplicationSet } from '../argocd/schema';

const KEPT_MS = 5 * 60_000;
const MOST = 1_000;

/** What was answered: nothing where it is gone, or not the portal's to read. */
interface Answer {
  readonly applicationSet?: ArgoApplicationSet;
}

/** Reads an instance's ApplicationSets, each once for all that it has generated. */
export class ApplicationSetReader {
  readonly #answers: LRUCache<string, Answer, ApplicationName>;

  constructor(client: Pick<ArgocdClient, 'applicationSet'>) {
    this.#answers = new LRUCache<string, Answer, ApplicationName>({
      max: MOST,
      ttl: KEPT_MS,
      fetchMethod: (_key, _stale, { context }) => read(client, context),
    });
  }

  /** @throws ArgocdError where it may be read later. */
  async read(name: ApplicationName): Promise<ArgoApplicationSet | undefined> {
    const key = `${name.namespace}/${name.name}`;
    const answer = await this.#answers.forceFetch(key, { context: name });
    return answer.applicationSet;
  }
}

async function read(
  client: Pick<ArgocdClient, 'applicationSet'>,
  name: ApplicationName,
): Promise<Answer> {
  try {
    return { applicationSet: await client.applicationSet(name) };
  } catch (error) {
    // The account needs no right to read them; then previews are not told from
    // other applications.
    if (
      ['forbidden', 'unauthorised', 'missing', 'refused'].includes(
        failureOf(error),
      )
    ) {
      return {};
    }
    throw error;
  }
}
