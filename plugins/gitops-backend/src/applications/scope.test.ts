import { mockServices } from '@backstage/backend-test-utils';
import { type ArgocdScope } from '@callboard/backstage-plugin-gitops-node';
import {
  type Fleet,
  type FleetPlan,
  planFleet,
  SANDBOX_ARGOCD_TOKEN,
  startFleet,
} from '@callboard/sandbox';
import { until } from '../__testUtils__/until';
import { ApplicationHub } from './ApplicationHub';

const SIZE = { applications: 60, instances: 1, eventsPerSecond: 0 };

describe('an instance with a scope', () => {
  let fleet: Fleet;
  let hub: ApplicationHub | undefined;

  beforeAll(async () => {
    fleet = await startFleet(SIZE);
  });

  afterEach(async () => {
    await hub?.stop();
  });

  afterAll(async () => {
    await fleet.stop();
  });

  async function known(scope: ArgocdScope): Promise<string[]> {
    const started = new ApplicationHub({
      instances: fleet.instances.map(({ name, url }) => ({
        name,
        url,
        apiUrl: url,
        auth: { token: SANDBOX_ARGOCD_TOKEN },
        scope,
      })),
      logger: mockServices.logger.mock(),
    });
    hub = started;
    started.start();
    await until(
      () => started.instances[0]?.source.state,
      state => state === 'ok',
    );
    return started.store
      .all()
      .map(({ name }) => name)
      .sort();
  }

  const planned = (isWanted: (plan: FleetPlan) => boolean) =>
    planFleet({ ...SIZE, seed: 1 })
      .filter(isWanted)
      .map(({ name }) => name)
      .sort();

  it('is asked for the applications of its projects', async () => {
    const names = await known({
      projects: ['fleet-dev', 'fleet-staging'],
    });

    expect(names).toEqual(
      planned(({ environment }) => environment !== 'production'),
    );
  });

  it('is asked for the applications with its labels', async () => {
    const names = await known({
      projects: [],
      selector: 'acme.test/environment in (production)',
    });

    expect(names).toEqual(
      planned(({ environment }) => environment === 'production'),
    );
  });
});
