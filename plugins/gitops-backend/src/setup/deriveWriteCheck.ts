import {
  type AccountFacts,
  type EnvironmentConfig,
  type PushRules,
} from '@callboard/backstage-plugin-gitops-node';
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

/** Whether the rules of the branch fit the way the portal writes. */
export function deriveWriteCheck(
  { write }: EnvironmentConfig,
  facts: RepositoryFacts | undefined,
): NamedOutcome {
  return named(
    'write',
    write === 'commit' ? 'Written by commit' : 'Written by pull request',
    checkRules(write, facts),
  );
}

function checkRules(
  write: EnvironmentConfig['write'],
  facts: RepositoryFacts | undefined,
): Outcome {
  const rules = facts?.inside?.rules;
  if (!facts || !rules) {
    return unknown(
      `${facts?.slug ?? 'The platform repository'} could not be read.`,
    );
  }
  if (rules.failure) {
    return unknown(rules.failure.message);
  }
  return write === 'commit'
    ? judgeCommit(rules.value, facts)
    : judgePullRequest(rules.value, facts);
}

function judgeCommit(rules: PushRules, facts: RepositoryFacts): Outcome {
  const obstacle = findObstacle(rules, {
    account: facts.account.value ?? {},
    isAdmin: facts.described.value?.isAdmin ?? false,
  });
  const { slug, url } = facts;
  const link = { title: `Rules of ${slug}`, url: `${url}/settings/branches` };
  if (obstacle) {
    const text =
      'Let the account of the portal bypass it (“Allow specified actors to bypass required pull requests”), or set write: pull-request for the environment.';
    return obstacle.isCertain
      ? problem(
          `The portal shall commit to the default branch, but ${obstacle.words}`,
          {
            text,
            snippets: [
              {
                place: 'app-config.yaml, environment',
                text: 'write: pull-request\n',
              },
            ],
            link,
          },
        )
      : unknown(
          `The portal shall commit to the default branch. Whether it may is not clear: ${obstacle.words}`,
          { text, link },
        );
  }
  return rules.known
    ? ok('Nothing keeps the portal from committing to the default branch.')
    : unknown(
        'The account of the portal may not read the protection of the default branch, so whether it may commit there is not known.',
        {
          text: 'Give the account the permission Administration: read, or look for yourself.',
          link,
        },
      );
}

interface Obstacle {
  readonly isCertain: boolean;
  readonly words: string;
}

/** What keeps an account from pushing to the branch; nothing where it may. */
function findObstacle(
  rules: PushRules,
  account: { account: AccountFacts; isAdmin: boolean },
): Obstacle | undefined {
  const { pushers, rulesets } = rules;
  const refusing = rulesets.find(({ canBypass }) => canBypass === false);
  if (refusing) {
    return {
      isCertain: true,
      words: `the ruleset “${refusing.name}” forbids it.`,
    };
  }
  const unclear = rulesets.find(({ canBypass }) => canBypass === undefined);
  if (unclear) {
    return {
      isCertain: false,
      words: `the ruleset “${unclear.name}” applies, and who may bypass it is not told.`,
    };
  }
  if (account.isAdmin && !rules.holdsForAdmins) {
    return undefined;
  }
  return (
    findReviewObstacle(rules, account.account) ??
    (pushers && !isAmong(pushers, account.account)
      ? exceptFor(
          pushers,
          'only some may push to it, and the account of the portal is none of them.',
        )
      : undefined)
  );
}

function findReviewObstacle(
  { needsPullRequest, bypass, requiredChecks }: PushRules,
  account: AccountFacts,
): Obstacle | undefined {
  if (needsPullRequest && !isAmong(bypass, account)) {
    return exceptFor(
      bypass,
      'its protection requires a pull request, and the account of the portal may not bypass that.',
    );
  }
  const [check] = requiredChecks;
  return check && !needsPullRequest
    ? {
        isCertain: true,
        words: `its protection requires the check “${check}”, which a new commit cannot have.`,
      }
    : undefined;
}

function isAmong(
  { users }: PushRules['bypass'],
  { login }: AccountFacts,
): boolean {
  return login !== undefined && users.includes(login);
}

/** In teams and apps the account may be without our knowing. */
function exceptFor(
  { teams, apps }: PushRules['bypass'],
  words: string,
): Obstacle {
  const others = [...teams, ...apps];
  return others.length === 0
    ? { isCertain: true, words }
    : {
        isCertain: false,
        words: `an exception is made for ${others.join(
          ', ',
        )}, and whether the account of the portal is among them is not told.`,
      };
}

function judgePullRequest(rules: PushRules, facts: RepositoryFacts): Outcome {
  const { approvals, known, needsPullRequest, rulesets } = rules;
  const { slug, url } = facts;
  const link = { title: `Rules of ${slug}`, url: `${url}/settings/branches` };
  if (approvals > 0) {
    return ok(
      `Pull requests of the portal need ${approvals} ${
        approvals === 1 ? 'approval' : 'approvals'
      }.`,
    );
  }
  if (!known) {
    return unknown(
      'The account of the portal may not read the protection of the default branch, so which reviews a pull request needs is not known.',
      {
        text: 'Give the account the permission Administration: read, or look for yourself.',
        link,
      },
    );
  }
  const words =
    needsPullRequest || rulesets.length > 0
      ? 'Pull requests are required, but no approval: whoever opens one can merge it.'
      : 'The default branch is not protected, so anybody who can write may go round pull requests and their review.';
  return warning(words, {
    text: 'Require a pull request with an approval for the default branch.',
    link,
  });
}
