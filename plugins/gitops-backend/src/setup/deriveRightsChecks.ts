import { type Fix } from '@callboard/backstage-plugin-gitops-common';
import { type ArgoRight } from '../argocd/ArgocdSetupClient';
import {
  type NamedOutcome,
  named,
  ok,
  type Outcome,
  problem,
  unknown,
  warning,
} from './Check';
import { type InsideFacts, keyOf } from './InstanceFacts';
import { planRights } from './planRights';

const ROLE = 'role:backstage';

interface RightsOptions {
  /** AppProjects of the environments. */
  readonly projects: readonly string[];
  readonly account: string;
  /** Whether ApplicationSets have generated applications of the instance. */
  readonly hasApplicationSets: boolean;
}

/** What the portal's account may do in Argo CD: enough, and not too much. */
export function deriveRightsChecks(
  inside: InsideFacts,
  options: RightsOptions,
): NamedOutcome[] {
  const planned = planRights(options.projects);
  const answers = (rights: readonly ArgoRight[]) => sortOut(rights, inside);
  const lines = (rights: readonly ArgoRight[]) =>
    grant(rights, options.account);
  return [
    named(
      'right-applications',
      'Right to read applications',
      judge(answers(planned.needed), {
        all: 'The account may read the applications of all environments.',
        missing: (rights, message) => problem(message, lines(rights)),
        without: 'What runs there cannot be shown.',
      }),
    ),
    named(
      'right-sync',
      'Right to sync',
      judge(answers(planned.toSync), {
        all: 'The account may sync applications, for those whom the permission gitops.deployment.sync allows it.',
        missing: (rights, message) => ok(message, lines(rights)),
        without:
          'So the portal only reads there. That is fine if nobody is to sync from the portal.',
      }),
    ),
    named(
      'right-logs',
      'Right to read logs',
      judge(answers(planned.toReadLogs), {
        all: 'The account may read logs of pods, for those whom the permission gitops.deployment.logs.read allows it.',
        missing: (rights, message) => ok(message, lines(rights)),
        without:
          'So the portal shows no logs there. That is fine if nobody is to read them in the portal.',
      }),
    ),
    checkPreviews(answers(planned.toTellPreviews), options),
    named(
      'right-projects',
      'Right to read AppProjects',
      judge(answers(planned.toCheckProjects), {
        all: 'The account may read the AppProjects of all environments.',
        missing: (rights, message) => warning(message, lines(rights)),
        without: 'Whether they are right cannot be checked.',
      }),
    ),
    named(
      'rights-too-broad',
      'No more rights than needed',
      judgeExcess(answers(planned.tooMuch)),
    ),
  ];
}

interface Answers {
  readonly granted: readonly ArgoRight[];
  readonly missing: readonly ArgoRight[];
  /** Nobody knows. */
  readonly unclear: readonly ArgoRight[];
}

function sortOut(rights: readonly ArgoRight[], { rights: reads }: InsideFacts) {
  const of = (wanted: boolean | undefined) =>
    rights.filter(right => reads.get(keyOf(right))?.value === wanted);
  return { granted: of(true), missing: of(false), unclear: of(undefined) };
}

function judge(
  { missing, unclear }: Answers,
  words: {
    all: string;
    missing: (rights: readonly ArgoRight[], message: string) => Outcome;
    without: string;
  },
): Outcome {
  if (missing.length > 0) {
    return words.missing(
      missing,
      `The account lacks the right ${missing.map(keyOf).join('; ')}. ${
        words.without
      }`,
    );
  }
  return unclear.length > 0
    ? unknown(
        `Argo CD did not say whether it has the right ${unclear
          .map(keyOf)
          .join('; ')}.`,
      )
    : ok(words.all);
}

/** It matters only where something is generated, which may be previews. */
function checkPreviews(
  answers: Answers,
  { hasApplicationSets, account }: RightsOptions,
): NamedOutcome {
  const outcome = judge(answers, {
    all: 'The account may read ApplicationSets, which tell previews of pull requests from other applications.',
    missing: (rights, message) =>
      hasApplicationSets
        ? warning(message, grant(rights, account))
        : ok(message, grant(rights, account)),
    without: `So previews of pull requests are shown as if they were deployments to an environment. ${
      hasApplicationSets
        ? 'ApplicationSets have generated applications of this instance.'
        : 'That is fine as long as no ApplicationSet generates any.'
    }`,
  });
  return named(
    'right-applicationsets',
    'Right to read ApplicationSets',
    outcome,
  );
}

function judgeExcess({ granted, unclear }: Answers): Outcome {
  if (granted.length > 0) {
    return warning(
      `The account may do more than the portal ever does: ${granted
        .map(keyOf)
        .join('; ')}. Who gets hold of its token may, too.`,
      {
        text: 'Give it a role with these rights only. Leave out the last two lines if nobody is to sync or to read logs from the portal.',
        snippets: [
          {
            place: 'ConfigMap argocd-rbac-cm, policy.csv',
            text: `p, ${ROLE}, applications, get, */*, allow
p, ${ROLE}, applicationsets, get, */*, allow
p, ${ROLE}, projects, get, *, allow
p, ${ROLE}, repositories, get, *, allow
p, ${ROLE}, applications, sync, */*, allow
p, ${ROLE}, logs, get, */*, allow
`,
          },
        ],
      },
    );
  }
  return unclear.length > 0
    ? unknown('Argo CD did not say what else the account may do.')
    : ok(
        'The account may not create or delete applications, open shells, or change projects, repositories, clusters and accounts.',
      );
}

/** The lines that grant these rights. */
function grant(rights: readonly ArgoRight[], account: string): Fix {
  const lines = rights.map(right => `p, ${ROLE}, ${keyOf(right)}, allow\n`);
  return {
    text: 'Add these lines to the policy of Argo CD.',
    snippets: [
      {
        place: 'ConfigMap argocd-rbac-cm, policy.csv',
        text: `${lines.join('')}g, ${account}, ${ROLE}\n`,
      },
    ],
    link: {
      title: 'Argo CD: RBAC',
      url: 'https://argo-cd.readthedocs.io/en/stable/operator-manual/rbac/',
    },
  };
}
