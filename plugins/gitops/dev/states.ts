import { type Deployment } from '@callboard/backstage-plugin-gitops-common';
import {
  deployment,
  environments,
  guessedDeployment,
  healthyWorld,
  refusal,
  registration,
  release,
  sharedDeployment,
  source,
  type World,
} from '../src/testing/deployments';
import { minutesAgo } from '../src/testing/minutesAgo';
import { detailStates } from './detailStates';

const LONG_REASON =
  'The last sync failed: one or more objects failed to apply, reason: Deployment.apps "cart" is invalid: spec.template.spec.containers[0].resources.requests: Invalid value: "2Gi": must be less than or equal to memory limit of 1Gi (retried 5 times).';

function preview(number: number, changes: Partial<Deployment> = {}) {
  return deployment(`pr-${number}/dev`, {
    environment: undefined,
    live: release(`pr-${number}`),
    desired: release(`pr-${number}`),
    preview: {
      pullRequest: {
        number,
        url: `https://github.test/acme/cart/pull/${number}`,
      },
    },
    ...changes,
  });
}

/** One entity for each state that the tab, the card and the details can show. */
export const states: Record<string, { title: string; world: World }> = {
  healthy: { title: 'Everywhere and fine', world: healthyWorld() },
  rollout: {
    title: 'A new version on its way, trouble here and there',
    world: healthyWorld({
      deployments: [
        deployment('dev', { since: minutesAgo(0.3) }),
        deployment('staging', {
          live: release('1.0.6'),
          sync: { status: 'OutOfSync', message: LONG_REASON },
          health: { status: 'Progressing' },
          since: minutesAgo(310),
        }),
        deployment('production/prod-eu1', {
          desired: release('1.0.6'),
          live: release('1.0.6'),
          health: {
            status: 'Degraded',
            message:
              'Deployment cart: 0 of 2 pods are ready: ErrImagePull ghcr.io/acme/cart:1.0.6',
          },
          since: minutesAgo(4_000),
        }),
        deployment('production/prod-us1', {
          desired: release('1.0.6'),
          live: release('1.0.5'),
          sync: {
            status: 'OutOfSync',
            message: 'It is not synced automatically: somebody has to sync it.',
          },
          since: minutesAgo(20_000),
        }),
      ],
    }),
  },
  shared: {
    title: 'Roots deploy several services; in staging names are all that tells',
    world: healthyWorld({
      deployments: [sharedDeployment('dev'), guessedDeployment('staging')],
      registrations: [
        registration('dev', { kind: 'remote-base' }),
        registration('staging', { kind: 'remote-base' }),
        registration('production', { state: 'absent', clusters: [] }),
      ],
    }),
  },
  newcomer: {
    title: 'Waits for its first build; pull request open',
    world: healthyWorld({
      deployments: [
        deployment('dev', {
          desired: release('unbuilt'),
          live: release('unbuilt'),
          health: { status: 'Degraded', message: 'ErrImagePull' },
          since: minutesAgo(2),
        }),
      ],
      registrations: [
        registration('dev'),
        registration('staging', { state: 'absent', clusters: [] }),
        registration('production', {
          state: 'proposed',
          pullRequest: {
            number: 12,
            url: 'https://github.test/acme/gitops-infra/pull/12',
            title: 'Register newcomer for production',
            waitsFor: '1 approving review by platform',
            mergeable: false,
          },
        }),
      ],
    }),
  },
  waiting: {
    title: 'A release waits to be merged; a first one conflicts',
    world: healthyWorld({
      deployments: [
        deployment('dev'),
        deployment('staging', {
          desired: release('unbuilt'),
          live: release('unbuilt'),
          health: { status: 'Degraded', message: 'ErrImagePull' },
          since: minutesAgo(30),
        }),
      ],
      registrations: [
        registration('dev', {
          release: {
            version: '1.0.8',
            pullRequest: {
              number: 7,
              url: 'https://github.test/acme/cart/pull/7',
              title: 'ci: release 1.0.8 to dev',
              waitsFor: '1 approving review',
              mergeable: true,
            },
          },
        }),
        registration('staging', {
          release: {
            version: '1.0.1',
            pullRequest: {
              number: 2,
              url: 'https://github.test/acme/cart/pull/2',
              title: 'ci: release 1.0.1 to staging',
              waitsFor: 'its conflicts with main to be resolved',
              mergeable: false,
            },
          },
        }),
        registration('production', { state: 'absent', clusters: [] }),
      ],
    }),
  },
  registered: {
    title: 'Registered, no application yet; another being removed',
    world: healthyWorld({
      deployments: [deployment('production/prod-eu1')],
      registrations: [
        registration('dev'),
        registration('staging', { state: 'absent', clusters: [] }),
        registration('production', {
          state: 'removing',
          pullRequest: {
            number: 14,
            url: 'https://github.test/acme/gitops-infra/pull/14',
            title: 'Remove registered from production',
          },
        }),
      ],
    }),
  },
  previews: {
    title: 'Pull requests to look at, and something of old',
    world: healthyWorld({
      deployments: [
        deployment('dev'),
        deployment('staging'),
        deployment('production/prod-eu1'),
        deployment('production/prod-us1'),
        deployment('x/old', { environment: undefined }),
        preview(41, { health: { status: 'Progressing' } }),
        preview(42),
      ],
    }),
  },
  nowhere: {
    title: 'Not registered anywhere',
    world: healthyWorld({
      deployments: [],
      registrations: environments.map(({ name }) =>
        registration(name, { state: 'absent', clusters: [] }),
      ),
    }),
  },
  unreachable: {
    title: 'Argo CD unreachable',
    world: healthyWorld({
      deployments: [
        deployment('dev', { observedAt: minutesAgo(9) }),
        deployment('staging', { observedAt: minutesAgo(9) }),
      ],
      sources: [
        source({
          state: 'unreachable',
          since: minutesAgo(8),
          message:
            'Argo CD (main) does not answer: connection refused. It is tried again all the time.',
        }),
      ],
    }),
  },
  partial: {
    title: 'One of two sources answers',
    world: healthyWorld({
      sources: [
        source(),
        source({
          name: 'argocd:us',
          state: 'unauthorised',
          since: minutesAgo(300),
        }),
        source({
          name: 'repository:acme/gitops-infra/clusters/dev/argocd',
          state: 'stale',
          since: minutesAgo(3),
          message:
            'Argo CD cannot apply clusters/dev/argocd of acme/gitops-infra, so changes in it do not take effect until it is repaired. Argo CD cannot tell what should run: kustomize build failed: yaml: line 7: did not find expected key',
        }),
      ],
    }),
  },
  forbidden: {
    title: 'No permission',
    world: healthyWorld({
      failures: {
        deployments: refusal(403, 'NotAllowedError', 'You may not'),
      },
    }),
  },
  broken: {
    title: 'Our own backend fails',
    world: healthyWorld({
      failures: {
        deployments: refusal(
          500,
          'InternalServerError',
          'The database is locked',
        ),
      },
    }),
  },
  unconfigured: {
    title: 'Nothing configured',
    world: healthyWorld({
      failures: {
        environments: refusal(
          503,
          'ServiceUnavailableError',
          "Deployments are not configured: gitops.environments missing in the backend's configuration.",
        ),
      },
    }),
  },
  loading: {
    title: 'Loading',
    world: healthyWorld({ failures: { deployments: 'never' } }),
  },
  ...detailStates,
};
