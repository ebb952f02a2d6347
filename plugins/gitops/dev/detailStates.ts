import {
  deployment,
  healthyWorld,
  refusal,
  type World,
} from '../src/testing/deployments';
import { bigTree, detail, healthyDetails } from '../src/testing/details';
import { deployed, history } from '../src/testing/history';
import { minutesAgo } from '../src/testing/minutesAgo';
import {
  closedWindow,
  runningDetail,
  troubledDetails,
} from '../src/testing/troubledDetails';

const degraded = deployment('dev', {
  sync: { status: 'OutOfSync', message: 'The last sync failed.' },
  health: {
    status: 'Degraded',
    message: 'Deployment cart: 1 of 2 pods is ready: CrashLoopBackOff',
  },
});

const unanswered = refusal(
  502,
  'BadGatewayError',
  'Argo CD main does not answer: connection refused',
);

/** One entity for each state of a deployment's details. */
export const detailStates: Record<string, { title: string; world: World }> = {
  trouble: {
    title: 'Details: a failed sync, a crash loop',
    world: healthyWorld({
      deployments: [degraded, deployment('staging')],
      details: troubledDetails(),
    }),
  },
  syncing: {
    title: 'Details: a sync that runs',
    world: healthyWorld({
      details: healthyDetails({ detail: runningDetail() }),
    }),
  },
  frozen: {
    title: 'Details: the sync window is closed',
    world: healthyWorld({
      deployments: [deployment('production/prod-eu1')],
      details: troubledDetails({ windows: closedWindow() }),
    }),
  },
  reader: {
    title: 'Details: may look, but do nothing; values and logs hidden',
    world: healthyWorld({
      deployments: [{ ...degraded, access: { may: ['detail'] } }],
      details: troubledDetails(),
    }),
  },
  outsider: {
    title: 'Details: may not look inside; not proven to be the service’s own',
    world: healthyWorld({
      deployments: [
        { ...degraded, access: { may: [] } },
        deployment('staging', {
          access: {
            may: [],
            unproven:
              'The application cart-staging-staging is named by an annotation of this service only. Ask the platform team to label it callboard.dev/entity: component.default.cart in the platform repository.',
          },
        }),
      ],
    }),
  },
  big: {
    title: 'Details: 500 resources',
    world: healthyWorld({
      details: healthyDetails({ resources: bigTree(500) }),
    }),
  },
  forgetful: {
    title: 'Details: nobody observes; the database does not answer',
    world: healthyWorld({
      details: healthyDetails({
        history: history(
          [
            {
              kind: 'gap',
              id: 'gap/now',
              from: minutesAgo(25),
              reason: 'unreachable',
            },
            ...Array.from({ length: 30 }, (_, day) =>
              deployed(60 * 24 * (day + 1)),
            ),
          ],
          {
            sources: [
              {
                name: 'argocd:main',
                state: 'unreachable',
                since: minutesAgo(25),
              },
              {
                name: 'database',
                state: 'unreachable',
                since: minutesAgo(0),
                message:
                  'The portal’s database does not answer, so there is only what Argo CD remembers. Look again in a minute.',
              },
            ],
          },
        ),
      }),
    }),
  },
  silent: {
    title: 'Details: no part of them answers',
    world: healthyWorld({
      failures: {
        detail: unanswered,
        resources: unanswered,
        diff: unanswered,
        events: unanswered,
        history: unanswered,
        windows: unanswered,
        origins: unanswered,
        log: unanswered,
        action: unanswered,
      },
    }),
  },
  fresh: {
    title: 'Details: nothing was deployed yet',
    world: healthyWorld({
      deployments: [
        deployment('dev', {
          live: undefined,
          revisions: [],
          since: undefined,
          sync: { status: 'OutOfSync' },
          health: { status: 'Missing' },
        }),
      ],
      details: healthyDetails({
        detail: detail({ history: [], operation: undefined }),
        history: history([], { observedSince: undefined }),
        resources: { roots: [] },
        origins: { items: [] },
      }),
    }),
  },
};
