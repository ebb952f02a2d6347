import { setTimeout as sleep } from 'node:timers/promises';
import { type Registration } from '@callboard/backstage-plugin-gitops-common';
import { component } from './__testUtils__/serviceFiles';
import { type Portal } from './__testUtils__/startPortal';
import { startWorld, type World } from './__testUtils__/startWorld';

const PRODUCTION = 'clusters/production/argocd/kustomization.yaml';
const MANY = Array.from({ length: 50 }, (_, index) => `svc-${index}`);

jest.setTimeout(30_000);

let world: World;
let portal: Portal;

beforeAll(async () => {
  world = await startWorld();
  const names = [...MANY, 'cart', 'search'];
  for (const name of names) {
    await world.createService(name);
  }
  portal = await world.portal({
    entities: names.map(name => component(name, { url: world.url })),
  });
}, 120_000);

afterAll(async () => {
  await portal?.stop();
  await world?.stop();
}, 30_000);

function propose(name: string) {
  return portal.register({
    entityRef: `component:default/${name}`,
    environment: 'production',
  });
}

async function production(name: string): Promise<Registration> {
  const { body } = await portal.list(`component:default/${name}`);
  return body.items[2];
}

async function until(what: string, isTrue: () => Promise<boolean>) {
  const deadline = Date.now() + 60_000;
  while (!(await isTrue())) {
    if (Date.now() > deadline) {
      throw new TypeError(`Waited in vain until ${what}`);
    }
    await sleep(50);
  }
}

function protectMain(options: { dismissesApprovals: boolean }) {
  const protection = 'PUT gitops-infra/branches/main/protection';
  return world.hosting.ask('jonas', protection, {
    required_pull_request_reviews: {
      required_approving_review_count: 1,
      dismiss_stale_reviews: options.dismissesApprovals,
      bypass_pull_request_allowances: { users: ['callboard'] },
    },
    required_status_checks: null,
    enforce_admins: null,
    restrictions: null,
  });
}

async function untilMergeable(number: number): Promise<void> {
  await until(`${number} is mergeable`, () =>
    world.hosting.isMergeable(number),
  );
}

describe('registering by pull request', () => {
  let number: number;

  it('opens one, with what it waits for', async () => {
    const change = await propose('cart');

    expect(change).toMatchObject({
      outcome: 'proposed',
      environment: 'production',
      pullRequest: {
        title: 'Register cart in production',
        waitsFor: '1 approving review',
        mergeable: true,
      },
    });
    number = change.pullRequest?.number ?? 0;
    const pull = await world.hosting.ask(
      'maya',
      `GET gitops-infra/pulls/${number}`,
    );
    expect(pull).toMatchObject({
      head: { ref: 'gitops/register/production/cart' },
      user: { login: 'callboard' },
    });
    expect(await production('cart')).toMatchObject({
      state: 'proposed',
      clusters: [],
      pullRequest: { number, waitsFor: '1 approving review' },
    });
  });

  it('leaves it alone the second time', async () => {
    const asked = `GET gitops-infra/pulls/${number}`;
    const before = await world.hosting.ask<{ head: { sha: string } }>(
      'maya',
      asked,
    );

    expect(await propose('cart')).toMatchObject({
      outcome: 'proposed',
      pullRequest: { number },
    });

    const after = await world.hosting.ask<{ head: { sha: string } }>(
      'maya',
      asked,
    );
    expect(after.head.sha).toBe(before.head.sha);
  });

  it('redoes the one that no longer merges, and says whose approval that takes', async () => {
    const other = await propose('search');
    await world.hosting.approve(number, 'aiko');
    await protectMain({ dismissesApprovals: true });
    await world.hosting.merge(other.pullRequest?.number ?? 0);

    await until('the other is mergeable again', () =>
      world.hosting.isMergeable(number),
    );

    const comments = `GET gitops-infra/issues/${number}/comments`;
    await until('it is said', async () => {
      const said = await world.hosting.ask<{ body: string }[]>(
        'maya',
        comments,
      );
      return said.some(({ body }) =>
        /takes back the approval of @aiko/.test(body),
      );
    });
    expect(portal.refreshed).toContainEqual({
      instance: 'main',
      path: 'clusters/production/argocd',
      repoURL: `${world.url}/acme/gitops-infra`,
    });
  }, 30_000);

  it('is registered once merged', async () => {
    await world.hosting.merge(number);

    await until('the list says so', async () => {
      return (await production('cart')).state === 'registered';
    });

    expect(await production('cart')).toMatchObject({
      kind: 'application',
      clusters: ['prod-eu1', 'prod-us1'],
      url: `${world.url}/acme/gitops-infra/blob/main/${PRODUCTION}`,
    });
    expect(await propose('cart')).toMatchObject({ outcome: 'unchanged' });
  });

  it('lands all of 50, merged one after the other', async () => {
    await protectMain({ dismissesApprovals: false });
    const changes = await Promise.all(MANY.map(propose));
    const numbers = changes
      .map(({ pullRequest }) => pullRequest?.number ?? 0)
      .sort((a, b) => a - b);

    for (const next of numbers) {
      await untilMergeable(next);
      await world.hosting.merge(next);
    }

    const text = await world.hosting.text('gitops-infra', PRODUCTION);
    expect(text?.match(/apps\/svc-\d+-production-prod-/g)).toHaveLength(100);
  }, 300_000);
});
