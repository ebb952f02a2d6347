import { type EventsService } from '@backstage/plugin-events-node';
import { z } from 'zod/v4';
import {
  parseRepositoryAddress,
  type RepositoryAddress,
} from '../applications/repositoryAddress';

const event = z.object({ repository: z.object({ html_url: z.string() }) });
const TOPICS = ['push', 'pull_request', 'pull_request_review'];

/**
 * Remembers when a webhook last told of a repository. Another replica may have
 * got it: that nothing is remembered says nothing.
 */
export class ReceivedEvents {
  readonly #watched: ReadonlySet<string>;
  readonly #last = new Map<string, string>();

  /** @param repositories - addresses of those to remember */
  constructor(repositories: readonly string[]) {
    this.#watched = new Set(
      repositories.flatMap(url => keyOf(parseRepositoryAddress(url)) ?? []),
    );
  }

  async subscribe(events: EventsService): Promise<void> {
    await events.subscribe({
      id: 'gitops-setup',
      topics: TOPICS.map(topic => `github.${topic}`),
      onEvent: async ({ eventPayload }) => {
        const { data } = event.safeParse(eventPayload);
        const address = parseRepositoryAddress(data?.repository.html_url ?? '');
        const key = keyOf(address);
        if (key && this.#watched.has(key)) {
          this.#last.set(key, new Date().toISOString());
        }
      },
    });
  }

  /** ISO 8601, UTC. */
  lastOf(repository: string): string | undefined {
    return this.#last.get(keyOf(parseRepositoryAddress(repository)) ?? '');
  }
}

function keyOf(address: RepositoryAddress | undefined): string | undefined {
  return address && `${address.host}/${address.path}`;
}
