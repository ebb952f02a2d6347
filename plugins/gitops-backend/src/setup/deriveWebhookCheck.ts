import {
  type Webhook,
  type WebhookFacts,
} from '@callboard/backstage-plugin-gitops-node';
import { ok, type Outcome, problem, unknown, warning } from './Check';
import { type Read } from './Read';

/** What the portal listens to. */
const EVENTS = ['push', 'pull_request', 'pull_request_review'];
const EVENTS_PATH = '/api/events/http/github';

interface Surroundings {
  /** Where webhooks have to go to. */
  readonly eventsUrl: string;
  /** When the last event of the repository arrived; ISO 8601, UTC. */
  readonly lastEventAt?: string;
  /** Web address of the repository. */
  readonly repositoryUrl: string;
}

/**
 * Whether the portal hears of what happens in a repository.
 *
 * Addresses of other webhooks are not told: they may hold secrets.
 */
export function deriveWebhookCheck(
  webhooks: Read<WebhookFacts>,
  surroundings: Surroundings,
): Outcome {
  if (webhooks.failure) {
    return orArrived(
      unknown(webhooks.failure.message, { text: howTo(surroundings) }),
      surroundings,
    );
  }
  const { repository, organization } = webhooks.value;
  const all = [repository, organization].flatMap(hooks =>
    hooks === 'hidden' ? [] : hooks,
  );
  const ours = all.filter(({ url }) => isOurs(url, surroundings.eventsUrl));
  const [best] = ours.map(hook => judgeHook(hook, surroundings)).sort(byState);
  if (best) {
    return best;
  }
  const isSeenWhole = repository !== 'hidden' && organization !== 'hidden';
  return isSeenWhole
    ? orArrived(
        judgeOthers(
          all.filter(({ url }) => hasPath(url)),
          surroundings,
        ),
        surroundings,
      )
    : orArrived(
        unknown(
          'The account of the portal cannot see all webhooks, so whether there is one cannot be checked.',
          {
            text: `${howTo(
              surroundings,
            )} A GitHub App has its webhook in its own settings.`,
            link: settings(surroundings),
          },
        ),
        surroundings,
      );
}

/** An event that arrived proves more than what can be seen of webhooks. */
function orArrived(otherwise: Outcome, { lastEventAt }: Surroundings): Outcome {
  return lastEventAt
    ? ok(`Events arrive: the last one on ${atMinute(lastEventAt)}.`)
    : otherwise;
}

function judgeHook(hook: Webhook, surroundings: Surroundings): Outcome {
  const link = settings(surroundings);
  const { active, contentType, events, lastDelivery } = hook;
  if (!active) {
    return problem('The webhook to the portal is switched off.', {
      text: 'Activate it.',
      link,
    });
  }
  if (contentType !== 'json') {
    return problem(
      'The webhook to the portal sends forms, which Backstage does not read.',
      { text: 'Set its content type to application/json.', link },
    );
  }
  const missing = events.includes('*')
    ? []
    : EVENTS.filter(event => !events.includes(event));
  if (missing.length > 0) {
    return warning(
      `The webhook to the portal does not tell of ${missing.join(', ')}.`,
      { text: 'Let it send these events, too.', link },
    );
  }
  return judgeDelivery(lastDelivery, surroundings);
}

function judgeDelivery(
  lastDelivery: Webhook['lastDelivery'],
  surroundings: Surroundings,
): Outcome {
  if (!lastDelivery) {
    return orArrived(
      ok(
        'There is one. Nothing was delivered lately, so whether it arrives is not known.',
      ),
      surroundings,
    );
  }
  const { status } = lastDelivery;
  const at = atMinute(lastDelivery.at);
  if (status >= 200 && status < 300) {
    return ok(`There is one, and it delivers: the last time on ${at}.`);
  }
  const text =
    status === 0
      ? 'Let the Git hosting reach the address of the portal.'
      : 'Give the webhook and events.modules.github.webhookSecret the same secret, and install the event plugins in the backend.';
  return problem(
    status === 0
      ? `There is one, but the portal did not answer it on ${at}.`
      : `There is one, but the portal answered it with ${status} on ${at}.`,
    { text, link: settings(surroundings) },
  );
}

/** Webhooks to such a place, but with another address. */
function judgeOthers(
  others: readonly Webhook[],
  surroundings: Surroundings,
): Outcome {
  const fix = {
    text: howTo(surroundings),
    snippets: [
      { place: 'Payload URL of the webhook', text: surroundings.eventsUrl },
    ],
    link: settings(surroundings),
  };
  return others.length > 0
    ? warning(
        'No webhook goes to the address that the portal has in backend.baseUrl, but one goes to the events of a Backstage at another address. If that is this portal, all is well.',
        fix,
      )
    : warning(
        'There is no webhook to the portal. Everything works, but later: Argo CD looks by itself every few minutes, and so does the portal.',
        fix,
      );
}

function howTo({ eventsUrl }: Surroundings): string {
  return `Point a webhook of the repository or of its organisation at ${eventsUrl}: content type application/json, the events ${EVENTS.join(
    ', ',
  )}, and the secret that the portal has as events.modules.github.webhookSecret.`;
}

function settings({ repositoryUrl }: Surroundings) {
  return {
    title: 'Webhooks of the repository',
    url: `${repositoryUrl}/settings/hooks`,
  };
}

function isOurs(url: string, eventsUrl: string): boolean {
  return URL.canParse(url) && new URL(url).href === new URL(eventsUrl).href;
}

function hasPath(url: string): boolean {
  return URL.canParse(url) && new URL(url).pathname.endsWith(EVENTS_PATH);
}

const ORDER = ['ok', 'warning', 'unknown', 'error'];

function byState(a: Outcome, b: Outcome): number {
  return ORDER.indexOf(a.state) - ORDER.indexOf(b.state);
}

/** `14 March 2026, 15:09 UTC`, the same everywhere. */
function atMinute(time: string): string {
  return `${time.slice(0, 10)}, ${time.slice(11, 16)} UTC`;
}
