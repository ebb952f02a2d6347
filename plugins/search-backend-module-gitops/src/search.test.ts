import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type PolicyDecision } from '@backstage/plugin-permission-common';
import { type DeploymentDocument } from '@callboard/backstage-plugin-gitops-common';
import {
  type Postgres,
  type Sandbox,
  startPostgres,
  startSandbox,
} from '@callboard/sandbox';
import { demoConfig, demoEntities } from './__testUtils__/demoPortal';
import {
  DECISIONS,
  type Portal,
  startPortal,
} from './__testUtils__/startPortal';
import { until } from './__testUtils__/until';

jest.setTimeout(120_000);

const SERVICES = [
  'cart',
  'checkout',
  'inventory',
  'payments',
  'pricing',
  'search',
];
const dataDir = mkdtempSync(join(tmpdir(), 'search-module-'));
let sandbox: Sandbox;
let postgres: Postgres;
let database: string;

beforeAll(async () => {
  [sandbox, postgres] = await Promise.all([
    startSandbox({
      dataDir,
      timings: {
        lookOutIntervalMs: 3_600_000,
        readyAfterMs: 50,
        progressDeadlineMs: 500,
      },
    }),
    startPostgres(),
  ]);
  database = await postgres.createDatabase();
  await sandbox.argocd.reconcileAll();
});

afterAll(async () => {
  await sandbox?.stop();
  await postgres?.stop();
  rmSync(dataDir, { recursive: true, force: true });
});

const nameOf = ({ deployment }: DeploymentDocument) =>
  deployment.entityRef.replace('component:default/', '');
const where = (document: DeploymentDocument) =>
  `${nameOf(document)} ${document.environment} ${document.cluster}`;

function start(engine: string): Promise<Portal> {
  return startPortal({
    config: demoConfig(sandbox),
    entities: demoEntities(sandbox, SERVICES),
    outsiderSees: ['component:default/cart'],
    ...(engine === 'PostgreSQL' && { database }),
  });
}

const findAll = (portal: Portal) =>
  portal.find('', { 'filters[kind]': 'Component', pageLimit: '100' });

/** Until everything is known that will be found. */
async function fill(portal: Portal): Promise<DeploymentDocument[]> {
  return until(
    async () => {
      await portal.collate();
      return findAll(portal);
    },
    all =>
      all.length === 4 * SERVICES.length && all.every(({ release }) => release),
  );
}

describe.each(['Lunr', 'PostgreSQL'])('the search with %s', engine => {
  let portal: Portal;
  let all: DeploymentDocument[];

  beforeAll(async () => {
    portal = await start(engine);
    all = await fill(portal);
  });

  beforeEach(() => {
    portal.policy.read = DECISIONS.allow;
  });

  afterAll(async () => {
    await portal?.stop();
  });

  const versionOf = (name: string, cluster: string) =>
    all.find(each => nameOf(each) === name && each.cluster === cluster)?.release
      ?.version ?? '';

  it('finds where a service runs a version, before all else', async () => {
    const version = versionOf('payments', 'prod-eu1');
    const expected = all.filter(
      each => nameOf(each) === 'payments' && each.release?.version === version,
    );

    const found = await portal.find(`payments ${version}`);

    expect(found.slice(0, expected.length).map(where).sort()).toEqual(
      expected.map(where).sort(),
    );
    expect(found[0]).toMatchObject({
      title: `payments ${version} in production (prod-eu1)`,
      deployment: {
        entityRef: 'component:default/payments',
        name: 'payments-production-prod-eu1',
      },
    });
  });

  it.each<[string, (version: string) => string]>([
    ['with v', version => `payments v${version}`],
    ['in upper case', version => `PAYMENTS V${version}`],
    ['after a colon', version => `payments:${version}`],
    ['of its image', version => `ghcr.io/acme/payments:${version}`],
    ['in quotes', version => `"payments" "${version}"`],
    ['with what is no word', version => `payments & ${version} | (`],
  ])('finds a version %s', async (_, spell) => {
    const version = versionOf('payments', 'prod-eu1');

    const [best] = await portal.find(spell(version));

    expect(best).toMatchObject({
      deployment: { entityRef: 'component:default/payments' },
      release: { version },
    });
  });

  it.each([
    ['ghcr.io/acme/cart', 'cart'],
    ['acme/cart', 'cart'],
  ])('finds the image %s', async (image, name) => {
    const found = await portal.find(image);

    expect(new Set(found.slice(0, 4).map(nameOf))).toEqual(new Set([name]));
  });

  it.each([
    ['degraded staging', 'search staging staging'],
    ['degraded dev', 'pricing dev dev'],
    ['production out of sync', 'inventory production prod-eu1'],
    ['OUT-OF-SYNC prod-us1', 'inventory production prod-us1'],
    ['inventory prod-us1', 'inventory production prod-us1'],
  ])('finds %s', async (term, expected) => {
    const [best] = await portal.find(term);

    expect(best && where(best)).toBe(expected);
  });

  it('leads to the deployment', async () => {
    const [best] = await portal.find('degraded staging');

    expect(best?.location).toBe(
      '/catalog/default/component/search/deployments?deployment=main/argocd/search-staging-staging',
    );
  });

  it('never finds the version that only Git asks for', async () => {
    const inventory = all.filter(each => nameOf(each) === 'inventory');
    const [behind] = inventory.filter(each => each.cluster === 'prod-us1');

    expect(behind?.states).toContain('out-of-sync');
    expect(JSON.stringify(behind)).not.toContain(
      versionOf('inventory', 'staging'),
    );
  });

  describe('shows', () => {
    const names = (found: DeploymentDocument[]) => [
      ...new Set(found.map(nameOf)),
    ];

    it.each<[keyof typeof DECISIONS, (each: DeploymentDocument) => boolean]>([
      ['allow', () => true],
      ['deny', () => false],
      ['onlyDev', ({ environment }) => environment === 'dev'],
      ['onlyPayments', each => nameOf(each) === 'payments'],
      ['notInUs', ({ cluster }) => cluster !== 'prod-us1'],
    ])('what a policy lets see: %s', async (decision, mayRead) => {
      portal.policy.read = DECISIONS[decision] as PolicyDecision;

      const found = await findAll(portal);

      expect(found.map(where).sort()).toEqual(
        all.filter(mayRead).map(where).sort(),
      );
    });

    it.each<keyof typeof DECISIONS>(['deny', 'onlyPayments'])(
      'neither a hidden deployment nor how many there are: %s',
      async decision => {
        portal.policy.read = DECISIONS[decision] as PolicyDecision;

        const { results, numberOfResults } = await portal.search('cart');

        expect(JSON.stringify(results)).not.toContain('acme/cart');
        expect(numberOfResults).toBeUndefined();
      },
    );

    it('nothing of entities that the caller cannot see', async () => {
      const mine = await portal.find('cart', { as: 'outsider' });
      const hidden = await portal.search('payments', { as: 'outsider' });

      expect(names(mine)).toEqual(['cart']);
      expect(JSON.stringify(hidden.results)).not.toContain('acme/payments');
      expect(hidden.numberOfResults).toBeUndefined();
    });
  });

  it('keeps what is known while Argo CD does not answer', async () => {
    sandbox.argocd.faults.set({ stopped: true });
    try {
      await portal.collate();
      expect(await fill(portal)).toHaveLength(all.length);
    } finally {
      sandbox.argocd.faults.set({});
    }
  });
});

describe('PostgreSQL', () => {
  let portal: Portal;

  beforeAll(async () => {
    portal = await start('PostgreSQL');
    await fill(portal);
  });

  afterAll(async () => {
    await portal?.stop();
  });

  it('finds an image by its digest', async () => {
    const checkout = await portal.find('checkout staging');
    const digest =
      checkout[0]?.release?.spellings.find(text =>
        text.startsWith('sha256:'),
      ) ?? '';

    for (const text of [
      digest,
      digest.slice('sha256:'.length),
      digest.slice(0, 'sha256:'.length + 12),
    ]) {
      const [best] = await portal.find(text);
      expect(best?.release?.spellings).toContain(digest);
    }
  });

  it('finds nothing else than what has all of the words', async () => {
    const found = await portal.find('payments production healthy');

    expect(found.map(where).sort()).toEqual([
      'payments production prod-eu1',
      'payments production prod-us1',
    ]);
    expect(await portal.find('payments 99.9.9')).toEqual([]);
    expect(await portal.find('payments degraded')).toEqual([]);
  });
});

describe('the index of PostgreSQL', () => {
  it('survives a start without Argo CD, and is renewed after', async () => {
    sandbox.argocd.faults.set({ stopped: true });
    const portal = await start('PostgreSQL');
    try {
      // Waits for Argo CD, in vain.
      await portal.collate();
      const [best] = await portal.find('degraded staging');
      expect(best && where(best)).toBe('search staging staging');
      portal.policy.read = DECISIONS.onlyPayments;
      expect(await portal.find('degraded staging')).toEqual([]);

      portal.policy.read = DECISIONS.allow;
      sandbox.argocd.faults.set({});
      expect(await fill(portal)).toHaveLength(4 * SERVICES.length);
    } finally {
      sandbox.argocd.faults.set({});
      await portal.stop();
    }
  });
});
