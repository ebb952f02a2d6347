import { type Octokit } from '@octokit/rest';
import { type Webhook, type WebhookFacts } from './GitHosting';
import { type GithubCalls } from './GithubCalls';

type Rest = Octokit['rest'];
/** Of a repository or an organisation; they are described a little differently. */
interface Hook {
  readonly id: number;
  readonly active: boolean;
  readonly events: readonly string[];
  readonly config: { readonly url?: string; readonly content_type?: string };
}
type Delivery = Pick<
  Awaited<ReturnType<Rest['repos']['listWebhookDeliveries']>>['data'][number],
  'delivered_at' | 'status_code'
>;

/** How to ask about the hooks of a repository, or of an organisation. */
interface Level {
  readonly list: (rest: Rest) => Promise<{ data: readonly Hook[] }>;
  readonly deliveries: (
    rest: Rest,
    hookId: number,
  ) => Promise<{ data: readonly Delivery[] }>;
}

/** Answers of who may not see them; 404 is what GitHub says to most. */
const HIDDEN = { expected: [403, 404] };

/** Who is told of what happens in a repository. */
export class GithubWebhooks {
  readonly #calls: GithubCalls;

  constructor(calls: GithubCalls) {
    this.#calls = calls;
  }

  async read(): Promise<WebhookFacts> {
    const { at } = this.#calls;
    const org = at.owner;
    const [repository, organization] = await Promise.all([
      this.#readLevel({
        list: rest => rest.repos.listWebhooks({ ...at, per_page: 100 }),
        deliveries: (rest, id) =>
          rest.repos.listWebhookDeliveries({ ...at, hook_id: id, per_page: 1 }),
      }),
      this.#readLevel({
        list: rest => rest.orgs.listWebhooks({ org, per_page: 100 }),
        deliveries: (rest, id) =>
          rest.orgs.listWebhookDeliveries({ org, hook_id: id, per_page: 1 }),
      }),
    ]);
    return { repository, organization };
  }

  async #readLevel(level: Level): Promise<readonly Webhook[] | 'hidden'> {
    const { data } = await this.#calls.attempt(
      `reading the webhooks of ${this.#calls.slug}`,
      HIDDEN,
      level.list,
    );
    return data
      ? Promise.all(data.map(hook => this.#withDelivery(hook, level)))
      : 'hidden';
  }

  async #withDelivery(hook: Hook, level: Level): Promise<Webhook> {
    const { id, active, events, config } = hook;
    const { data = [] } = await this.#calls.attempt(
      `reading deliveries of a webhook of ${this.#calls.slug}`,
      HIDDEN,
      rest => level.deliveries(rest, id),
    );
    const [last] = data;
    return {
      url: config.url ?? '',
      active,
      events,
      contentType: config.content_type ?? 'form',
      ...(last && {
        lastDelivery: { at: last.delivered_at, status: last.status_code },
      }),
    };
  }
}
