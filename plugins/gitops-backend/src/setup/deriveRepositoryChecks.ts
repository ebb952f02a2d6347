import { type Fix } from '@callboard/backstage-plugin-gitops-common';
import {
  type NamedOutcome,
  named,
  ok,
  type Outcome,
  problem,
  unknown,
  warning,
} from './Check';
import { type RepositoryFacts } from './RepositoryFacts';
import { deriveWebhookCheck } from './deriveWebhookCheck';

const DAY_MS = 24 * 60 * 60_000;
const SOON_DAYS = 14;
/** Either lets a classic token write; the second one to public repositories only. */
const WRITING_SCOPES = ['repo', 'public_repo'];
/** Of classic tokens; none of them is ever used. */
const TOO_BROAD = [
  'site_admin',
  'admin:enterprise',
  'admin:org',
  'delete_repo',
  'admin:public_key',
  'admin:gpg_key',
];

const TOKENS: Fix['link'] = {
  title: 'Backstage: GitHub integration',
  url: 'https://backstage.io/docs/integrations/github/locations',
};

/** Whether the portal can read and write a platform repository, and hears of it. */
export function deriveRepositoryChecks(
  facts: RepositoryFacts,
  options: {
    /** Where webhooks have to go to. */
    eventsUrl: string;
    /** When the last event of the repository arrived; ISO 8601, UTC. */
    lastEventAt?: string;
    /** Whether some environment of it is written to by commit. */
    now: Date;
  },
): NamedOutcome[] {
  const checks = [
    named('access', 'Access', checkAccess(facts)),
    named('token', 'Credentials', checkToken(facts, options.now)),
  ];
  return facts.inside
    ? [
        ...checks,
        named(
          'webhook',
          'Webhook',
          deriveWebhookCheck(facts.inside.webhooks, {
            ...options,
            repositoryUrl: facts.url,
          }),
        ),
      ]
    : checks;
}

function checkAccess({ slug, described }: RepositoryFacts): Outcome {
  if (described.failure) {
    const { kind, message } = described.failure;
    const text = {
      missing: `Create ${slug}, or give the account of the portal access to it: contents and pull requests, read and write.`,
      unauthorised:
        'Give the portal valid credentials under integrations.github.',
      refused:
        'Add the host under integrations.github, or correct gitops.environments[].platformRepo.',
    };
    return kind in text
      ? problem(message, {
          text: text[kind as keyof typeof text],
          link: TOKENS,
        })
      : unknown(message);
  }
  const { archived, empty, canPush } = described.value;
  if (archived) {
    return problem(`${slug} is archived, so nothing can be registered.`, {
      text: 'Take it out of the archive, or name another platform repository.',
    });
  }
  if (empty) {
    return problem(`${slug} is empty: nothing was ever pushed to it.`, {
      text: 'Push a first commit with the folders of the environments. The template “Platform repository” writes them.',
    });
  }
  return canPush
    ? ok('The account of the portal can read it and push to it.')
    : problem(
        'The account of the portal can read it, but not push to it: neither commits nor branches of pull requests.',
        {
          text: 'Give the account write access: contents and pull requests, read and write.',
          link: TOKENS,
        },
      );
}

function checkToken({ account }: RepositoryFacts, now: Date): Outcome {
  if (account.failure) {
    const { kind, message } = account.failure;
    return kind === 'unauthorised'
      ? problem(message, {
          text: 'Give the portal valid credentials under integrations.github.',
          link: TOKENS,
        })
      : unknown(message);
  }
  const { login, scopes, expiresAt } = account.value;
  const who = login ? `It is ${login}.` : 'It is a GitHub App.';
  if (expiresAt) {
    const days = Math.floor((Date.parse(expiresAt) - now.getTime()) / DAY_MS);
    if (days < SOON_DAYS) {
      return warning(
        `${who} The token expires on ${expiresAt.slice(0, 10)}, in ${days} ${
          days === 1 ? 'day' : 'days'
        }.`,
        {
          text: 'Renew it before, or use a GitHub App, whose tokens renew themselves.',
          link: TOKENS,
        },
      );
    }
  }
  return scopes
    ? judgeScopes(who, scopes)
    : ok(
        `${who} Its rights are those that the repository grants it: see Access.`,
      );
}

function judgeScopes(who: string, scopes: readonly string[]): Outcome {
  const list = scopes.join(', ') || 'none';
  if (!scopes.some(scope => WRITING_SCOPES.includes(scope))) {
    return problem(
      `${who} The scopes of its token (${list}) do not let it write.`,
      {
        text: 'Make a token with the scope repo, or better a GitHub App with contents and pull requests, read and write.',
        link: TOKENS,
      },
    );
  }
  const broad = scopes.filter(scope => TOO_BROAD.includes(scope));
  return broad.length > 0
    ? warning(
        `${who} The scopes of its token include ${broad.join(
          ', ',
        )}, which the portal never uses.`,
        {
          text: 'Make a token without them. The scopes repo and workflow are enough.',
          link: TOKENS,
        },
      )
    : ok(`${who} The scopes of its token: ${list}.`);
}
