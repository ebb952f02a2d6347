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
import { type InstanceFacts } from './InstanceFacts';
import { deriveRightsChecks } from './deriveRightsChecks';

/** The oldest minor version that the portal is tested with. */
const OLDEST = { major: 3, minor: 0 };
const DAY_MS = 24 * 60 * 60_000;
const SOON_DAYS = 14;

const GUIDE: Fix['link'] = {
  title: 'Argo CD: accounts and their tokens',
  url: 'https://argo-cd.readthedocs.io/en/stable/operator-manual/user-management/',
};

/** Whether the portal can read an Argo CD instance, as itself. */
export function deriveInstanceChecks(
  facts: InstanceFacts,
  options: {
    projects: readonly string[];
    hasApplicationSets: boolean;
    now: Date;
  },
): NamedOutcome[] {
  const reachable = named('reachable', 'Reachable', checkReachable(facts));
  if (!facts.account) {
    return [reachable];
  }
  return [
    reachable,
    named('version', 'Version', checkVersion(facts)),
    named('token', 'Credentials', checkCredentials(facts, options.now)),
    ...(facts.inside
      ? deriveRightsChecks(facts.inside, {
          ...options,
          account: facts.account.value ?? '',
        })
      : []),
  ];
}

function checkReachable({ name, version, account }: InstanceFacts): Outcome {
  if (account && !account.failure) {
    return ok('It answers.');
  }
  const { message } = account?.failure ??
    version.failure ?? { message: 'It did not answer.' };
  return problem(message, {
    text: `Check its url in argocd.appLocatorMethods, or gitops.argocd.apiUrls.${name} where the backend should go to another address, and that the network lets the backend through.`,
  });
}

function checkVersion({ version }: InstanceFacts): Outcome {
  const text = version.value?.split('+')[0] ?? '';
  const [, major, minor] = /^v?(\d+)\.(\d+)/.exec(text) ?? [];
  if (major === undefined || minor === undefined) {
    return unknown('It does not tell a version that the portal can read.');
  }
  const isOld =
    Number(major) < OLDEST.major ||
    (Number(major) === OLDEST.major && Number(minor) < OLDEST.minor);
  return isOld
    ? warning(
        `It is ${text}. The portal is made for ${OLDEST.major}.${OLDEST.minor} and later; with older versions some facts may be missing.`,
        {
          text: 'Upgrade Argo CD.',
          link: {
            title: 'Argo CD: upgrading',
            url: 'https://argo-cd.readthedocs.io/en/stable/operator-manual/upgrading/overview/',
          },
        },
      )
    : ok(`It is ${text}.`);
}

function checkCredentials(facts: InstanceFacts, now: Date): Outcome {
  const { account, credentials, name } = facts;
  if (account?.failure && account.failure.kind !== 'unauthorised') {
    return unknown(
      `Argo CD did not say whether it accepts them. ${account.failure.message}`,
    );
  }
  if (account?.value === undefined) {
    return problem(
      credentials.kind === 'token'
        ? 'Argo CD does not accept the token of the portal: it is wrong, expired or revoked.'
        : 'Argo CD does not accept the user name and password of the portal.',
      {
        text: `Give the portal a new token, and write it where argocd.appLocatorMethods has the instance ${name}. It is used without a restart.`,
        snippets: [
          {
            place: 'shell',
            text: 'argocd account generate-token --account backstage\n',
          },
        ],
        link: GUIDE,
      },
    );
  }
  return checkAccount(account.value, facts, now);
}

function checkAccount(
  account: string,
  { credentials }: InstanceFacts,
  now: Date,
): Outcome {
  if (account === 'admin') {
    return warning(
      'The portal uses the account admin, which may do anything.',
      {
        text: 'Give it an account of its own, with a token and few rights.',
        snippets: [
          {
            place: 'ConfigMap argocd-cm',
            text: 'accounts.backstage: apiKey\n',
          },
        ],
        link: GUIDE,
      },
    );
  }
  const { kind, expiresAt } = credentials;
  if (kind === 'login') {
    return ok(
      `Argo CD knows the portal as ${account}. It logs in with a password and renews its session by itself.`,
    );
  }
  if (!expiresAt) {
    return ok(
      `Argo CD knows the portal as ${account}. The token does not expire.`,
    );
  }
  const days = Math.floor((Date.parse(expiresAt) - now.getTime()) / DAY_MS);
  const message = `Argo CD knows the portal as ${account}. The token expires on ${expiresAt.slice(
    0,
    10,
  )}, in ${days} ${days === 1 ? 'day' : 'days'}.`;
  return days < SOON_DAYS
    ? warning(message, {
        text: 'Renew it before: the portal uses a new one without a restart.',
        snippets: [
          {
            place: 'shell',
            text: `argocd account generate-token --account ${account}\n`,
          },
        ],
        link: GUIDE,
      })
    : ok(message);
}
