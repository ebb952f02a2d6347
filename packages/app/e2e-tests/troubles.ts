import { expect } from '@playwright/test';
import { type Portal } from './Portal';
import {
  driftedByHand,
  droppedAgainAndAgain,
  edited,
  inTurn,
  type Mishap,
  pushed,
  switched,
} from './mishaps';

/** What the tab says: above its table, and in the row of each cluster. */
interface Words {
  readonly tab?: readonly (string | RegExp)[];
  readonly rows?: Readonly<Record<string, readonly (string | RegExp)[]>>;
}

/** Something that can be wrong, and what the Deployments tab says about it. */
export interface Trouble extends Mishap {
  readonly name: string;
  /** The service whose tab it is. */
  readonly service: string;
  readonly says: Words;
  /** What the tab says before, and when it is repaired. */
  readonly well: Words;
  /** What it says when it is repaired, where it said less before. */
  readonly repaired?: Words;
  /** Nothing is missing or old because of it, and nobody is told. */
  readonly isUnnoticed?: true;
}

const WELL = ['Synced', 'Healthy'];
const CLUSTERS = ['dev', 'staging', 'prod-eu1', 'prod-us1'];
const ALL_WELL = { rows: inEachRow(WELL) };
const NEXT_STEP = 'Rows below show what was heard last, and when.';
const TRIED_AGAIN = 'It is tried again all the time.';

/** An Argo CD that can't be followed: a notice says so, and the rows stay, with their age. */
const INSTANCE_TROUBLES: readonly Trouble[] = [
  ofInstance('expired tokens', switched('unauthorised=on'), [
    'Argo CD “main” refuses the portal: unauthorised, since',
    'Ask whoever runs the portal to renew the token of this instance.',
  ]),
  ofInstance('connections closed', switched('stopped=on'), [
    'Argo CD “main” is unreachable, since',
    TRIED_AGAIN,
    'If it lasts, ask the team that runs Argo CD.',
  ]),
  ofInstance('answers 503', switched('unavailable=on'), [
    'Argo CD “main” is unreachable, since',
    'Argo CD (main) is not available at the moment.',
    TRIED_AGAIN,
  ]),
  ofInstance('rate limit', switched('limited=on'), [
    'Argo CD “main” limits how often the portal may ask, since',
    'It is asked again later.',
  ]),
  ofInstance('truncated answers', switched('truncated=on&restart=on'), [
    'Argo CD “main” is unreachable, since',
    'Argo CD (main) gave an answer that cannot be read: it broke off',
    TRIED_AGAIN,
  ]),
  ofInstance('silent streams', switched('silent=on&restart=on', 'restart=on'), [
    'Argo CD “main” has not been heard from, since',
    'Argo CD (main) sends no events: a proxy in between may hold them back',
    'What is shown is read again every now and then.',
  ]),
  ofInstance('streams dropped again and again', droppedAgainAndAgain(), [
    'Argo CD “main” has not been heard from, since',
    'may hold them back or cut them off',
  ]),
];

/** What costs nobody a fact: no notice, and changes arrive all the same. */
const HARMLESS_TROUBLES: readonly Trouble[] = [
  harmless('a dropped stream', 'restart=on'),
  harmless('latency', 'latencyMs=1000&restart=on'),
];

const DEPLOYMENT_TROUBLES: readonly Trouble[] = [
  {
    name: 'cluster connection failed',
    service: 'payments',
    ...switched('unreachable=prod-us1'),
    says: {
      rows: {
        ...inEachRow(WELL),
        'prod-us1': [
          'Unknown',
          'Argo CD cannot reach the cluster, and shows what it saw last',
        ],
      },
    },
    well: ALL_WELL,
  },
  {
    name: 'drift',
    service: 'pricing',
    ...driftedByHand('pricing-staging-staging'),
    says: {
      rows: {
        staging: ['Out of sync', 'It drifted: the cluster was changed'],
      },
    },
    // When the demo begins somebody has scaled it already.
    well: {},
    repaired: { rows: { staging: WELL } },
  },
  {
    name: 'crashing pods',
    service: 'web',
    ...switched('crash=web-dev-dev'),
    says: {
      rows: {
        dev: [
          'Synced',
          'Progressing',
          /Pod web-\S+: (CrashLoopBackOff|crashed, and runs again), \d+ restart/,
        ],
        staging: WELL,
      },
    },
    well: ALL_WELL,
  },
  {
    name: 'bad image',
    service: 'checkout',
    ...pushed('checkout', 'dev/kustomization.yaml', text =>
      text.replace(/newTag: .*/, 'newTag: 9.9.9').replace(/ +digest: .*\n/, ''),
    ),
    says: {
      rows: {
        dev: [
          /1\.0\.\d+.*9\.9\.9/,
          'Degraded',
          /Pod checkout-\S+: ImagePullBackOff, .*9\.9\.9/,
        ],
        staging: WELL,
      },
    },
    well: ALL_WELL,
  },
  {
    name: 'failing hook',
    service: 'pricing',
    ...inTurn(
      switched('failhooks=pricing-production-prod-eu1'),
      pushed('pricing', 'production/replicas.yaml', oneMore),
    ),
    says: {
      rows: {
        'prod-eu1': [
          'Out of sync',
          'The sync failed and is tried again: one or more synchronization tasks',
          'Healthy',
        ],
        'prod-us1': WELL,
      },
    },
    well: { rows: { 'prod-eu1': WELL, 'prod-us1': WELL } },
  },
  {
    name: 'sync window',
    service: 'checkout',
    ...inTurn(
      switched('closed=services-staging'),
      pushed('checkout', 'staging/replicas.yaml', oneMore),
    ),
    says: {
      rows: {
        dev: WELL,
        staging: ['Out of sync', 'a sync window may be closed', 'Healthy'],
      },
    },
    well: ALL_WELL,
  },
  {
    name: 'broken overlay',
    service: 'cart',
    ...pushed('cart', 'dev/kustomization.yaml', text =>
      text.replace('../../base', '../../nowhere'),
    ),
    says: {
      rows: {
        dev: ['Unknown', 'Argo CD cannot tell what should run', 'Healthy'],
        staging: WELL,
      },
    },
    well: ALL_WELL,
  },
];

const PORTAL_TROUBLES: readonly Trouble[] = [
  {
    name: 'broken platform repository',
    service: 'cart',
    ...edited({
      login: 'callboard',
      repository: 'acme/gitops-infra',
      path: 'clusters/dev/argocd/kustomization.yaml',
      edit: text => text.replace('- project.yaml', '- projekt.yaml'),
    }),
    says: {
      tab: [
        'clusters/dev/argocd is not up to date, since',
        'What runs goes on running; changes wait.',
      ],
      rows: inEachRow(WELL),
    },
    well: ALL_WELL,
  },
  {
    name: 'backend cannot be reached',
    service: 'cart',
    begin: async page => {
      await page.route('**/api/gitops/**', route => route.abort());
      await page.getByRole('button', { name: 'Refresh' }).click();
    },
    end: page => page.unroute('**/api/gitops/**'),
    says: {
      tab: [
        'Could not refresh: what you see is from',
        'The portal’s backend cannot be reached.',
        'the page tries again by itself',
      ],
      rows: inEachRow(WELL),
    },
    well: ALL_WELL,
  },
];

/** Every fault switch of the sandbox, and what can be broken in Git. */
export const TROUBLES: readonly Trouble[] = [
  ...INSTANCE_TROUBLES,
  ...HARMLESS_TROUBLES,
  ...DEPLOYMENT_TROUBLES,
  ...PORTAL_TROUBLES,
];

/** The address of the tab that shows the trouble. */
export function pathOf({ service }: Trouble): string {
  return `/catalog/default/component/${service}/deployments`;
}

/** Waits until the tab says all of this. */
export async function expectWords(portal: Portal, words: Words): Promise<void> {
  for (const [cluster, expected] of Object.entries(words.rows ?? {})) {
    for (const word of expected) {
      await expect(portal.row(cluster)).toContainText(word);
    }
  }
  for (const word of words.tab ?? []) {
    await expect(portal.deploymentsTab()).toContainText(word);
  }
}

function inEachRow(words: readonly string[]) {
  return Object.fromEntries(CLUSTERS.map(cluster => [cluster, words]));
}

function ofInstance(
  name: string,
  mishap: Mishap,
  tab: readonly string[],
): Trouble {
  return {
    name,
    service: 'web',
    ...mishap,
    says: { tab: [...tab, NEXT_STEP], rows: inEachRow([...WELL, 'as of']) },
    well: ALL_WELL,
  };
}

function harmless(name: string, form: string): Trouble {
  return {
    name,
    service: 'web',
    ...switched(`${form}&crash=web-dev-dev`, 'restart=on'),
    says: { tab: ['Live'], rows: { dev: ['Progressing'], staging: WELL } },
    well: ALL_WELL,
    isUnnoticed: true,
  };
}

function oneMore(text: string): string {
  return text.replace(/\d+$/m, number => `${Number(number) + 1}`);
}
