import { type Application } from '../argocd/Application';
import { SANDBOX_ARGOCD_TOKEN } from '../argocd/api/tokens';
import { isHealthy } from '../argocd/testing/TestArgoCd';
import { readStream } from '../argocd/testing/readStream';
import { until } from '../testing/until';
import { type Fleet, startFleet } from './Fleet';
import { type FleetPlan, type FleetState, planFleet } from './FleetPlan';
import { fleetEntities } from './fleetEntities';
import { readFleetOptions } from './readFleetOptions';

const AUTHORIZED = { authorization: `Bearer ${SANDBOX_ARGOCD_TOKEN}` };

interface ManagedResources {
  items: {
    kind: string;
    name: string;
    modified?: boolean;
    liveState: string;
  }[];
}

describe('a fleet', () => {
  let fleet: Fleet;

  beforeAll(async () => {
    fleet = await startFleet({
      applications: 800,
      instances: 3,
      eventsPerSecond: 0,
    });
  });

  afterAll(() => fleet.stop());

  const ask = (path: string, { instance = 0, ...init }: Ask = {}) =>
    fetch(`${fleet.instances[instance]?.url}/api/v1/${path}`, {
      ...init,
      headers: { ...AUTHORIZED, ...init.headers },
    });
  const read = async <T>(path: string, instance?: number): Promise<T> =>
    (await ask(path, { instance })).json() as Promise<T>;
  const inState = (state: FleetState) =>
    fleet.plans.find(plan => plan.state === state) as FleetPlan;

  it('has every application on one instance, and every service in the catalog', async () => {
    const lists = await Promise.all(
      fleet.instances.map((_, instance) =>
        read<{ items: Application[] }>('applications', instance),
      ),
    );

    expect(lists.map(({ items }) => items.length)).toEqual([267, 267, 266]);
    const names = lists.flatMap(({ items }) => items.map(a => a.metadata.name));
    expect(new Set(names)).toEqual(
      new Set(fleet.plans.map(({ name }) => name)),
    );
    const components = fleetEntities(fleet.plans).filter(
      ({ kind }) => kind === 'Component',
    );
    expect(components).toHaveLength(200);
  });

  it('is the same for the same seed', () => {
    const size = { applications: 200, instances: 3 };
    const plans = planFleet({ ...size, seed: 1 });

    expect(plans).toEqual(fleet.plans.slice(0, 200));
    expect(planFleet({ ...size, seed: 2 })).not.toEqual(plans);
  });

  it('has applications as large as real ones, and smaller where only some fields are asked for', async () => {
    const whole = await (await ask('applications')).text();
    const fields = 'items.metadata.name,items.status.health';
    const list = await read<{ items: object[] }>(
      `applications?fields=${fields}`,
    );

    expect(whole.length / 267).toBeGreaterThan(8_000);
    expect(whole.length / 267).toBeLessThan(14_000);
    expect(list.items).toHaveLength(267);
    expect(list.items[0]).toEqual({
      metadata: { name: expect.any(String) },
      status: {
        health: {
          status: expect.any(String),
          lastTransitionTime: expect.any(String),
        },
      },
    });
  });

  it('answers compressed, and counts what it sends', async () => {
    const before = fleet.instances[0]?.traffic.count;
    const answer = await ask('applications');
    const { length } = await answer.text();
    const after = fleet.instances[0]?.traffic.count;

    expect(answer.headers.get('content-encoding')).toBe('gzip');
    expect((after?.calls ?? 0) - (before?.calls ?? 0)).toBe(1);
    const sent = (after?.bytes ?? 0) - (before?.bytes ?? 0);
    expect(sent).toBeGreaterThan(10_000);
    expect(sent).toBeLessThan(length / 5);
  });

  it.each(['healthy', 'waiting', 'degraded', 'failed', 'new'] as const)(
    'says of a %s application what its resources say',
    async state => {
      const { name, instance } = inState(state);
      const application = await read<Application>(
        `applications/${name}`,
        instance,
      );
      const managed = await read<ManagedResources>(
        `applications/${name}/managed-resources`,
        instance,
      );

      const { resources = [], health } = application.status ?? {};
      const nameOf = (one: { kind: string; name: string }) =>
        `${one.kind}/${one.name}`;
      const different = resources.filter(one => one.status === 'OutOfSync');
      expect(different.map(nameOf).sort()).toEqual(
        managed.items
          .filter(one => one.modified)
          .map(nameOf)
          .sort(),
      );
      const deployment = resources.find(({ kind }) => kind === 'Deployment');
      expect(deployment?.health?.status).toBe(health?.status);
    },
  );

  it('renders what a revision holds, and refuses one that there is not', async () => {
    const { name, instance, service } = inState('healthy');
    const { status } = await read<Application>(
      `applications/${name}`,
      instance,
    );
    const path = `applications/${name}/manifests?revision`;
    const { manifests } = await read<{ manifests: string[] }>(
      `${path}=${status?.sync?.revision}`,
      instance,
    );

    const image = status?.summary?.images?.[0];
    expect(image).toContain(`ghcr.io/acme/${service}:`);
    expect(manifests.join()).toContain(image);
    const wrong = await ask(`${path}=${'0'.repeat(40)}`, { instance });
    expect(wrong.status).toBe(500);
  });

  it('deploys what somebody syncs', async () => {
    const { name, instance } = inState('waiting');
    const before = await read<Application>(`applications/${name}`, instance);
    const answer = await ask(`applications/${name}/sync`, {
      instance,
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{}',
    });

    expect(answer.status).toBe(200);
    let after = before;
    await until(`${name} is healthy`, async () => {
      after = await read<Application>(`applications/${name}`, instance);
      return isHealthy(after);
    });
    expect(after.operation).toBeUndefined();
    expect(after.status?.history?.at(-1)?.revision).toBe(
      before.status?.sync?.revision,
    );
  });

  it('has trouble where a form switches it on', async () => {
    const url = `${fleet.instances[2]?.url}/trouble`;
    const page = await fetch(url);
    expect(await page.text()).toContain('The whole of Argo CD');

    await fetch(url, { method: 'POST', body: 'unavailable=on' });
    expect((await ask('applications', { instance: 2 })).status).toBe(503);
    await fetch(url, { method: 'POST', body: '' });
    expect((await ask('applications', { instance: 2 })).status).toBe(200);
  });
});

describe('a fleet in which something happens', () => {
  it('tells deployments step by step, so many events a second', async () => {
    const fleet = await startFleet({
      applications: 40,
      instances: 1,
      eventsPerSecond: 400,
    });
    try {
      const url = `${fleet.instances[0]?.url}/api/v1/stream/applications`;
      const headers = { ...AUTHORIZED, accept: 'text/event-stream' };
      const events = await readStream(
        await fetch(url, { headers }),
        text => (text.match(/"MODIFIED"/g) ?? []).length >= 300,
      );

      for (const word of ['OutOfSync', 'Running', 'Progressing', 'Degraded']) {
        expect(events).toContain(word);
      }
    } finally {
      await fleet.stop();
    }
  });

  it.each([
    [{ applications: 0 }, 'applications is 0'],
    [{ instances: 1.5 }, 'instances is 1.5'],
    [{ eventsPerSecond: -1 }, 'eventsPerSecond is -1'],
  ])('refuses %p', async (wrong, message) => {
    const size = { applications: 1, instances: 1, eventsPerSecond: 0 };
    await expect(startFleet({ ...size, ...wrong })).rejects.toThrow(message);
  });
});

describe('readFleetOptions', () => {
  it('reads what the command line asks for', () => {
    expect(readFleetOptions({})).toBeUndefined();
    expect(readFleetOptions({ applications: '10' })).toEqual({
      applications: 10,
      instances: 1,
      eventsPerSecond: 0,
    });
    expect(
      readFleetOptions({
        applications: '10000',
        instances: '3',
        'events-per-second': '50',
      }),
    ).toEqual({ applications: 10_000, instances: 3, eventsPerSecond: 50 });
  });

  it.each([
    [{ applications: 'many' }, '--applications many'],
    [{ applications: '5', instances: '0' }, '--instances 0'],
    [{ applications: '5', 'events-per-second': '' }, '--events-per-second'],
    [{ applications: '9999999' }, '--applications 9999999'],
    [{ instances: '3' }, '--instances is about a fleet'],
  ])('refuses %p', (flags, message) => {
    expect(() => readFleetOptions(flags)).toThrow(message);
  });
});

interface Ask extends RequestInit {
  instance?: number;
  headers?: Record<string, string>;
}
