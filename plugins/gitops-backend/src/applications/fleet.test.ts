import { mockServices } from '@backstage/backend-test-utils';
import {
  type Fleet,
  SANDBOX_ARGOCD_TOKEN,
  startFleet,
} from '@callboard/sandbox';
import { until } from '../__testUtils__/until';
import { ApplicationHub } from './ApplicationHub';
import { applicationKey } from './applicationKeys';
import { historyOf } from './history';

/** Not a bar: a slow machine that does other things, too, gets there in the end. */
const PATIENCE_MS = 50_000;
const SIZE = { applications: 2_000, instances: 3, eventsPerSecond: 0 };

/** What an instance tells of an application when it is asked for everything. */
interface Told {
  metadata: { name: string };
  spec: { project: string };
  status: {
    sync: { status: string; revision?: string };
    health: { status: string };
    history?: { revision: string }[];
  };
}

describe('ApplicationHub in front of a fleet', () => {
  let fleet: Fleet;
  let hub: ApplicationHub;

  beforeAll(async () => {
    fleet = await startFleet(SIZE);
    hub = new ApplicationHub({
      instances: fleet.instances.map(({ name, url }) => ({
        name,
        url,
        apiUrl: url,
        auth: { token: SANDBOX_ARGOCD_TOKEN },
      })),
      logger: mockServices.logger.mock(),
    });
    hub.start();
  });

  afterAll(async () => {
    await hub.stop();
    await fleet.stop();
  });

  const told = async (url: string): Promise<Told[]> => {
    const response = await fetch(`${url}/api/v1/applications`, {
      headers: { authorization: `Bearer ${SANDBOX_ARGOCD_TOKEN}` },
    });
    return ((await response.json()) as { items: Told[] }).items;
  };

  it('knows every application as its instance tells it', async () => {
    await until(
      () => hub.instances.map(({ source }) => source.state),
      states => states.every(state => state === 'ok'),
      PATIENCE_MS,
    );

    expect(hub.store.all()).toHaveLength(SIZE.applications);
    for (const { name, url } of fleet.instances) {
      const known = new Map(
        hub.store.ofInstance(name).map(each => [each.name, each]),
      );
      const wanted = await told(url);
      expect(known.size).toBe(wanted.length);
      for (const { metadata, spec, status } of wanted) {
        const { sync, health, history } = status;
        const application = known.get(metadata.name);
        expect(application).toMatchObject({
          project: spec.project,
          sync: {
            status: sync.status,
            revisions: sync.revision ? [sync.revision] : [],
          },
          health: { status: health.status },
        });
        expect(application && historyOf(application)).toMatchObject(
          (history ?? []).map(({ revision }) => ({
            revisions: [{ kind: 'git', value: revision }],
          })),
        );
      }
    }
  });

  it('finds the applications of a service without a look at the others', () => {
    const { service } = fleet.plans[1_000] ?? { service: '' };
    const names = fleet.plans
      .filter(plan => plan.service === service)
      .map(({ name }) => name);

    expect(names).toHaveLength(4);
    const keys = [
      applicationKey.label('backstage-name', service),
      applicationKey.entity(`component:default/${service}`),
      applicationKey.repository(`acme/${service}`),
    ];
    for (const key of keys) {
      const applications = hub.store.having([key]);
      expect(applications.map(({ name }) => name).sort()).toEqual(names.sort());
    }
  });

  it('hears of a change', async () => {
    const { name } = fleet.plans.find(({ state }) => state === 'healthy') ?? {
      name: '',
    };
    fleet.setHealth(name, 'Degraded');

    const [application] = await until(
      () => hub.store.byName(name),
      found => found[0]?.health.status === 'Degraded',
      PATIENCE_MS,
    );
    expect(application?.name).toBe(name);
  });
});
