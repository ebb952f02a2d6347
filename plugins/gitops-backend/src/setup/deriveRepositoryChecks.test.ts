import {
  type PushRules,
  type WebhookFacts,
} from '@callboard/backstage-plugin-gitops-node';
import { environments } from '../__testUtils__/environments';
import { type RepositoryFacts } from './RepositoryFacts';
import { deriveFolderChecks } from './deriveFolderChecks';
import { deriveWebhookCheck } from './deriveWebhookCheck';
import { deriveWriteCheck } from './deriveWriteCheck';

const PLATFORM = 'http://localhost:7080/acme/gitops-infra';
const [dev, , production] = environments as [
  (typeof environments)[number],
  (typeof environments)[number],
  (typeof environments)[number],
];

describe('the check of how an environment is written', () => {
  const rules = (changes: Partial<PushRules> = {}): PushRules => ({
    known: true,
    needsPullRequest: false,
    approvals: 0,
    requiredChecks: [],
    holdsForAdmins: true,
    bypass: { users: [], teams: [], apps: [] },
    rulesets: [],
    ...changes,
  });
  const facts = (
    given: PushRules,
    isAdmin = false,
    files: NonNullable<RepositoryFacts['inside']>['files'] = new Map(),
  ): RepositoryFacts => ({
    url: PLATFORM,
    slug: 'acme/gitops-infra',
    account: { value: { login: 'callboard' } },
    described: {
      value: {
        archived: false,
        empty: false,
        defaultBranch: 'main',
        canPush: true,
        isAdmin,
      },
    },
    inside: {
      rules: { value: given },
      webhooks: { value: { repository: [], organization: [] } },
      files,
    },
  });
  const reviewed = { needsPullRequest: true, approvals: 1 };
  const nobody = { users: [], teams: [], apps: [] };

  it.each<[string, PushRules, boolean, string]>([
    ['without rules', rules(), false, 'ok'],
    ['with reviews', rules(reviewed), false, 'error'],
    [
      'with reviews, for others than administrators',
      rules({ ...reviewed, holdsForAdmins: false }),
      true,
      'ok',
    ],
    [
      'with reviews that the account may bypass',
      rules({ ...reviewed, bypass: { ...nobody, users: ['callboard'] } }),
      false,
      'ok',
    ],
    [
      'with reviews that a team may bypass',
      rules({ ...reviewed, bypass: { ...nobody, teams: ['bots'] } }),
      false,
      'unknown',
    ],
    [
      'with a required check',
      rules({ requiredChecks: ['ci'] }),
      false,
      'error',
    ],
    [
      'that only others may push to',
      rules({ pushers: { ...nobody, users: ['jonas'] } }),
      false,
      'error',
    ],
    [
      'with a ruleset',
      rules({ rulesets: [{ name: 'main', canBypass: false }] }),
      true,
      'error',
    ],
    [
      'with a ruleset that may be bypassed',
      rules({ rulesets: [{ name: 'main', canBypass: true }] }),
      false,
      'ok',
    ],
    [
      'with a ruleset that tells nothing',
      rules({ rulesets: [{ name: 'main' }] }),
      false,
      'unknown',
    ],
    ['that tells nothing', rules({ known: false }), false, 'unknown'],
  ])('by commit, to a branch %s', (...row) => {
    const [, given, isAdmin, state] = row;
    expect(deriveWriteCheck(dev, facts(given, isAdmin)).state).toBe(state);
  });

  it.each<[string, PushRules, string]>([
    ['with reviews', rules(reviewed), 'ok'],
    ['without rules', rules(), 'warning'],
    ['without approval', rules({ needsPullRequest: true }), 'warning'],
    ['that tells nothing', rules({ known: false }), 'unknown'],
  ])('by pull request, to a branch %s', (_, given, state) => {
    expect(deriveWriteCheck(production, facts(given)).state).toBe(state);
  });

  it.each<[string, string | null, string]>([
    ['that is there', 'resources:\n  - a.yaml\n', 'ok'],
    ['that is not there', null, 'error'],
    ['that is broken', 'resources: [', 'error'],
    ['of something else', 'kind: Deployment\n', 'error'],
  ])('a kustomization %s', (_, text, state) => {
    const path = 'clusters/dev/argocd/kustomization.yaml';
    const files = new Map([[path, { value: text }]]);
    const read = facts(rules(), false, files);
    expect(deriveFolderChecks(dev, read)[0]?.state).toBe(state);
  });
});

describe('the check of webhooks', () => {
  const eventsUrl = 'https://portal.test/api/events/http/github';
  const hook = {
    url: eventsUrl,
    active: true,
    events: ['*'],
    contentType: 'json',
  };
  const check = (facts: Partial<WebhookFacts>, lastEventAt?: string) =>
    deriveWebhookCheck(
      { value: { repository: [], organization: [], ...facts } },
      { eventsUrl, repositoryUrl: PLATFORM, lastEventAt },
    );
  const at = '2026-03-14T15:00:00.000Z';

  it.each<[string, Partial<WebhookFacts>, string, RegExp]>([
    ['none', {}, 'warning', /no webhook/],
    ['there', { repository: [hook] }, 'ok', /not known/],
    [
      'delivering',
      { organization: [{ ...hook, lastDelivery: { at, status: 202 } }] },
      'ok',
      /it delivers: the last time on 2026-03-14, 15:00 UTC/,
    ],
    [
      'failing',
      { repository: [{ ...hook, lastDelivery: { at, status: 0 } }] },
      'error',
      /did not answer/,
    ],
    [
      'one failing, one delivering',
      {
        repository: [{ ...hook, lastDelivery: { at, status: 500 } }],
        organization: [{ ...hook, lastDelivery: { at, status: 200 } }],
      },
      'ok',
      /it delivers/,
    ],
    ['off', { repository: [{ ...hook, active: false }] }, 'error', /off/],
    [
      'a form',
      { repository: [{ ...hook, contentType: 'form' }] },
      'error',
      /forms/,
    ],
    [
      'half',
      { repository: [{ ...hook, events: ['push'] }] },
      'warning',
      /pull_request, pull_request_review/,
    ],
    [
      'elsewhere',
      {
        repository: [
          { ...hook, url: 'https://old.test/api/events/http/github' },
        ],
      },
      'warning',
      /another address/,
    ],
    ['hidden', { organization: 'hidden' }, 'unknown', /cannot see all/],
  ])('%s', (...row) => {
    const [, facts, state, message] = row;
    expect(check(facts)).toMatchObject({
      state,
      message: expect.stringMatching(message),
    });
  });

  it('believes an event that arrived', () => {
    expect(check({ organization: 'hidden' }, at).state).toBe('ok');
  });

  it('never tells the addresses of others', () => {
    const secret = 'https://hooks.chat.test/services/s3cr3t';
    const found = check({ repository: [{ ...hook, url: secret }] });

    expect(JSON.stringify(found)).not.toContain('s3cr3t');
  });
});
