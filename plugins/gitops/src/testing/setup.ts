import {
  type SetupCheck,
  type SetupReport,
  type Unmatched,
  type UnmatchedList,
  type UnmatchedQuery,
} from '@callboard/backstage-plugin-gitops-common';
import { minutesAgo } from './minutesAgo';

/** A check that is fine, but for what is given. */
function check(id: string, changes: Partial<SetupCheck> = {}): SetupCheck {
  return {
    id,
    subject: { kind: 'portal', name: '' },
    title: `Title of ${id}`,
    state: 'ok',
    message: `Message of ${id}.`,
    ...changes,
  };
}

const main = {
  kind: 'argocd',
  name: 'main',
  url: 'https://argocd.test',
} as const;

/** Everything is set up. */
export function soundSetup(): SetupReport {
  return {
    items: [
      check('portal/events', { title: 'Webhooks are received' }),
      check('argocd:main/reachable', {
        subject: main,
        title: 'Reachable',
        message: 'It answers.',
      }),
      check('argocd:main/token', { subject: main, title: 'Credentials' }),
    ],
    sources: [],
    checkedAt: minutesAgo(1),
  };
}

/** The same, with a problem of each kind. */
export function brokenSetup(): SetupReport {
  const production = { kind: 'environment', name: 'production' } as const;
  return {
    ...soundSetup(),
    items: [
      ...soundSetup().items,
      check('environment:production/write', {
        subject: production,
        title: 'Written by commit',
        state: 'error',
        message: 'The portal shall commit to the default branch, but may not.',
        fix: {
          text: 'Let the account of the portal bypass the rule.',
          snippets: [
            {
              place: 'app-config.yaml, environment',
              text: 'write: pull-request\n',
            },
          ],
          link: {
            title: 'Rules of acme/gitops-infra',
            url: 'https://github.test/acme/gitops-infra/settings/branches',
          },
        },
      }),
      check('argocd:main/rights-too-broad', {
        subject: main,
        title: 'No more rights than needed',
        state: 'warning',
        message: 'The account may do more than the portal ever does.',
        fix: { text: 'Give it a role with fewer rights.' },
      }),
      check('environment:production/project@main', {
        subject: production,
        title: 'AppProject services-production in Argo CD (main)',
        state: 'unknown',
        message: 'Argo CD (main) did not let the portal look.',
      }),
    ],
  };
}

export const unmatchedItems: readonly Unmatched[] = [
  {
    id: 'no-entity:main/argocd/load-test-dev:',
    reason: 'no-entity',
    application: {
      instance: 'main',
      namespace: 'argocd',
      name: 'load-test-dev',
      url: 'https://argocd.test/applications/argocd/load-test-dev',
    },
    entityRefs: [],
    message: 'No entity of the catalog has this application.',
    fix: {
      text: 'Annotate the Application with the entity that it deploys.',
      snippets: [
        {
          place: 'Application in the platform repository',
          text: 'metadata:\n  annotations:\n    backstage.io/entity-ref: component:default/<name>\n',
        },
      ],
    },
  },
  {
    id: 'selects-nothing::component:default/gift-cards',
    reason: 'selects-nothing',
    entityRefs: ['component:default/gift-cards'],
    message: 'Annotations of component:default/gift-cards select nothing.',
    fix: { text: 'Correct the annotations, or remove them.' },
  },
];

/** Of a root that deploys several services. */
export const rootFindings: readonly Unmatched[] = [
  {
    id: 'approximate:main/argocd/root-dev:component:default/cart',
    reason: 'approximate',
    application: { instance: 'main', namespace: 'argocd', name: 'root-dev' },
    entityRefs: ['component:default/cart'],
    message:
      "root-dev deploys several services. Which of its objects are this service's was guessed from their names, so some may be missing here, or too many.",
    fix: {
      text: 'To make it certain, add this line to clusters/dev/argocd/kustomization.yaml.',
      snippets: [
        {
          place: 'clusters/dev/argocd/kustomization.yaml',
          text: 'buildMetadata: [originAnnotations]\n',
        },
      ],
    },
  },
  {
    id: 'stray-workload:main/argocd/root-dev:Deployment shop/basket',
    reason: 'stray-workload',
    application: { instance: 'main', namespace: 'argocd', name: 'root-dev' },
    entityRefs: [],
    message:
      'root-dev deploys Deployment shop/basket, which no entity of the catalog has: nothing about it names one. So nobody sees it as theirs in the portal.',
    fix: {
      text: 'Label it with its entity. What is no service of the catalog can stay as it is.',
      snippets: [
        {
          place: 'manifests of the workload',
          text: 'metadata:\n  labels:\n    backstage.io/kubernetes-id: <name of the entity>\n',
        },
      ],
    },
  },
];

/** What the backend answers to a query; one item a page, to have several. */
export function unmatchedList(
  items: readonly Unmatched[],
  sources: UnmatchedList['sources'],
  { instance, reason, cursor }: UnmatchedQuery,
): UnmatchedList {
  const ofInstance = items.filter(
    ({ application }) => !instance || application?.instance === instance,
  );
  const wanted = ofInstance.filter(item => !reason || item.reason === reason);
  const at = Number(cursor ?? 0);
  return {
    items: wanted.slice(at, at + 1),
    counts: Object.fromEntries(
      ofInstance.map(({ reason: each }) => [
        each,
        ofInstance.filter(item => item.reason === each).length,
      ]),
    ),
    sources,
    checkedAt: minutesAgo(1),
    ...(at + 1 < wanted.length && { nextCursor: `${at + 1}` }),
  };
}
