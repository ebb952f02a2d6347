import {
  healthyWorld,
  refusal,
  source,
  type World,
} from '../src/testing/deployments';
import { minutesAgo } from '../src/testing/minutesAgo';
import {
  brokenSetup,
  rootFindings,
  unmatchedItems,
} from '../src/testing/setup';

const forbidden = refusal(
  403,
  'NotAllowedError',
  'To see how the portal is set up you need the permission gitops.setup.read',
);
const unanswered = refusal(
  503,
  'ServiceUnavailableError',
  'The catalog could not be read',
);

/** What the pages on the set-up can show, by `?state=` of their address. */
const states: Record<string, World> = {
  sound: healthyWorld(),
  broken: healthyWorld({
    setup: brokenSetup(),
    unmatched: [...unmatchedItems, ...rootFindings],
  }),
  partial: healthyWorld({
    setup: brokenSetup(),
    unmatched: unmatchedItems,
    sources: [
      source({
        state: 'unreachable',
        since: minutesAgo(7),
        message: 'Argo CD (main) could not be reached: it refuses connections.',
      }),
      source({ name: 'argocd:us' }),
    ],
  }),
  loading: healthyWorld({ failures: { setup: 'never', unmatched: 'never' } }),
  forbidden: healthyWorld({
    failures: { setup: forbidden, unmatched: forbidden },
  }),
  failing: healthyWorld({
    failures: { setup: unanswered, unmatched: unanswered },
  }),
};

/** The state that the address asks for; problems of all kinds unless told. */
export function setupWorld(): World {
  const name = new URLSearchParams(window.location.search).get('state');
  return states[name ?? 'broken'] ?? healthyWorld();
}
