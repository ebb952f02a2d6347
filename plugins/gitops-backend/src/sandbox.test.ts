import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type JsonObject } from '@backstage/types';
import {
  type DeploymentList,
  isUnbuilt,
  type SourceState,
} from '@callboard/backstage-plugin-gitops-common';
import { type Sandbox, startSandbox } from '@callboard/sandbox';
import { commitTo } from './__testUtils__/commitTo';
import {
  demoConfig,
  demoEntities,
  demoInstance,
} from './__testUtils__/demoConfig';
import {
  type Gitops,
  sourceOf,
  startGitops,
} from './__testUtils__/startGitops';
import { until } from './__testUtils__/until';

jest.setTimeout(180_000);

const SERVICES = ['web', 'cart', 'inventory', 'search', 'notifications'];
/** A stream that says nothing is given up after 45 s, and its next one is, too. */
const FAULT_IS_NOTICED_MS = 80_000;
const LABELS = ['dev', 'staging', 'prod-eu1', 'prod-us1'];

type Fault = keyof Parameters<Sandbox['argocd']['faults']['set']>[0];

describe('deployments of the demo organisation', () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'gitops-backend-sandbox-'));
  let sandbox: Sandbox;
  let gitops: Gitops;

  beforeAll(async () => {
    sandbox = await start();
    await sandbox.argocd.reconcileAll();
    gitops = await startGitops({
      config: demoConfig(sandbox),
      entities: demoEntities(sandbox, SERVICES),
    });
  });

  afterAll(async () => {
    await gitops?.stop();
    await sandbox?.stop();
    rmSync(dataDir, { recursive: true, force: true });
  });

  function start(ports: { gitPort?: number; argocdPort?: number } = {}) {
    return startSandbox({
      dataDir,
      ...ports,
      // Argo CD never looks by itself: what is seen is seen because it was asked.
      timings: {
        lookOutIntervalMs: 3_600_000,
        readyAfterMs: 50,
        progressDeadlineMs: 500,
      },
    });
  }

  /** What the Git hosting tells the portal after a push. */
  function announcePush(repository: string) {
    return gitops.publish('github.push', {
      ref: 'refs/heads/main',
      repository: {
        html_url: `${sandbox.git.url}/acme/${repository}`,
        default_branch: 'main',
      },
    });
  }

  const row = (list: DeploymentList, cluster: string) =>
    list.items.find(item => item.cluster === cluster);

  const untilComplete = (name: string) =>
    gitops.untilDeployments(
      ({ items }) => items.length > 0 && items.every(({ desired }) => desired),
      `component:default/${name}`,
    );

  it('shows where a service runs, in order', async () => {
    const { items, sources } = await untilComplete('web');

    expect(items.map(({ cluster }) => cluster)).toEqual(LABELS);
    expect(items.map(({ environment }) => environment)).toEqual([
      'dev',
      'staging',
      'production',
      'production',
    ]);
    const [dev] = items;
    expect(dev).toMatchObject({
      application: {
        name: 'web-dev-dev',
        url: `${sandbox.argocd.url}/applications/argocd/web-dev-dev`,
      },
      desired: { version: expect.stringMatching(/^1\.0\.\d+$/) },
      sync: { status: 'Synced' },
      health: { status: 'Healthy' },
    });
    expect(dev?.live).toEqual(dev?.desired);
    expect(dev?.desired?.images[0]?.name).toBe('ghcr.io/acme/web');
    const [revision] = dev?.revisions ?? [];
    expect(revision?.url).toBe(
      `${sandbox.git.url}/acme/web/commit/${revision?.value}`,
    );
    expect(Date.parse(dev?.since ?? '')).toBeLessThanOrEqual(Date.now());
    expect(sources).toEqual([
      { name: 'argocd:main', state: 'ok', since: expect.any(String) },
    ]);
  });

  it('shows what runs, not what should run, where it is out of sync', async () => {
    const { items } = await gitops.untilDeployments(
      list =>
        Boolean(row(list, 'prod-eu1')?.live && row(list, 'prod-eu1')?.desired),
      'component:default/inventory',
    );

    const eu = items.find(({ cluster }) => cluster === 'prod-eu1');
    expect(eu?.sync.status).toBe('OutOfSync');
    expect(eu?.sync.message).toMatch(/somebody has to sync it/);
    expect(eu?.live?.version).toMatch(/^1\.0\.\d+$/);
    expect(eu?.live?.version).not.toBe(eu?.desired?.version);
  });

  it('says why a service is not healthy', async () => {
    const saysWhich = (list: DeploymentList) =>
      row(list, 'staging')?.health.message?.startsWith('Pod ') === true;

    const list = await gitops.untilDeployments(
      saysWhich,
      'component:default/search',
    );

    expect(list.items).toHaveLength(4);
    expect(row(list, 'staging')?.health).toEqual({
      status: 'Degraded',
      message: expect.stringMatching(
        /^Pod search-\w+-\w+: ImagePullBackOff, .*search:1\.0\.14/,
      ),
    });
  });

  it('shows a service that was never built', async () => {
    const { items } = await untilComplete('notifications');

    expect(items.map(({ cluster }) => cluster)).toEqual(['dev']);
    expect(isUnbuilt(items[0]?.desired)).toBe(true);
  });

  it('shows a service as soon as it is registered, and no more when it is removed', async () => {
    const entityRef = 'component:default/notifications';
    await untilComplete('notifications');

    const answer = await gitops
      .send('post', '/v1/registrations')
      .send({ entityRef, environment: 'staging' });
    expect(answer.body).toMatchObject({ outcome: 'committed' });
    const list = await gitops.untilDeployments(
      found => row(found, 'staging')?.sync.status === 'Synced',
      entityRef,
    );
    expect(list.items.map(({ cluster }) => cluster)).toEqual([
      'dev',
      'staging',
    ]);

    const removal = await gitops.send(
      'delete',
      `/v1/registrations?entityRef=${entityRef}&environment=staging&workloads=keep`,
    );
    expect(removal.body).toMatchObject({ outcome: 'committed' });
    await gitops.untilDeployments(({ items }) => items.length === 1, entityRef);
  });

  it('moves with a push, and signals it', async () => {
    await untilComplete('cart');
    sandbox.registry.push('ghcr.io/acme/cart', '1.0.99');
    const before = gitops.signals.length;

    const sha = await commitTo(sandbox, 'cart', {
      'deploy/overlays/dev/kustomization.yaml': text =>
        text
          .replace(/newTag: .*/, 'newTag: "1.0.99"')
          .replace(/ *digest: .*\n/, '')
          .replace(/version: .*/, 'version: "1.0.99"'),
    });
    await announcePush('cart');

    const list = await gitops.untilDeployments(
      found =>
        row(found, 'dev')?.live?.version === '1.0.99' &&
        row(found, 'dev')?.health.status === 'Healthy' &&
        row(found, 'dev')?.revisions[0]?.value === sha,
    );
    expect(row(list, 'staging')?.live?.version).not.toBe('1.0.99');
    const told = gitops.signals.slice(before);
    expect(new Set(told.map(({ channel }) => channel))).toContain(list.channel);
  });

  it('says what still serves while new pods do not get ready', async () => {
    const entityRef = 'component:default/web';
    const before = await gitops.untilDeployments(
      ({ items }) =>
        items.length > 0 &&
        items.every(
          ({ live: runs, health }) => runs && health.status === 'Healthy',
        ),
      entityRef,
    );
    const path = 'deploy/overlays/dev/kustomization.yaml';
    let good = '';
    await commitTo(sandbox, 'web', {
      [path]: text => {
        good = text;
        return text
          .replace(/newTag: .*/, 'newTag: "9.9.9"')
          .replace(/ *digest: .*\n/, '');
      },
    });
    await announcePush('web');

    const list = await gitops.untilDeployments(
      found =>
        row(found, 'dev')?.health.message?.startsWith('Pod ') === true &&
        row(found, 'dev')?.since !== undefined,
      entityRef,
    );
    const { live, revisions, since } = row(before, 'dev') ?? {};
    expect(row(list, 'dev')).toMatchObject({
      sync: { status: 'Synced' },
      desired: { version: '9.9.9' },
      live,
      revisions,
      since,
    });
    const origin = await gitops.get(
      `/v1/deployments/main/argocd/web-dev-dev/revision?entityRef=${entityRef}`,
    );
    expect(origin.body.items).toEqual([
      expect.objectContaining({ revision: revisions?.[0] }),
    ]);

    await commitTo(sandbox, 'web', { [path]: () => good });
    await announcePush('web');
    const after = await gitops.untilDeployments(
      found =>
        row(found, 'dev')?.health.status === 'Healthy' &&
        row(found, 'dev')?.desired?.version === live?.version,
      entityRef,
    );
    expect(row(after, 'dev')).toMatchObject({ live, desired: live });
  });

  it('says in words that a kustomization of the service is broken, until it is repaired', async () => {
    await untilComplete('web');
    const path = 'deploy/overlays/dev/kustomization.yaml';
    let good = '';
    await commitTo(sandbox, 'web', {
      [path]: text => {
        good = text;
        return text.replace('../../base', '../../nowhere');
      },
    });
    await announcePush('web');

    const broken = await gitops.untilDeployments(
      found => row(found, 'dev')?.sync.status === 'Unknown',
      'component:default/web',
    );
    expect(row(broken, 'dev')?.sync.message).toMatch(
      /^Argo CD cannot tell what should run: .*nowhere/,
    );
    const live = await gitops.untilDeployments(
      found => row(found, 'dev')?.live !== undefined,
      'component:default/web',
    );
    expect(row(live, 'dev')?.live?.version).toMatch(/^1\.0\.\d+$/);

    await commitTo(sandbox, 'web', { [path]: () => good });
    await announcePush('web');
    await gitops.untilDeployments(
      found => row(found, 'dev')?.sync.status === 'Synced',
      'component:default/web',
    );
  });

  it('says that the platform repository is broken, until it is repaired', async () => {
    const before = await untilComplete('web');
    const path = 'clusters/dev/argocd/kustomization.yaml';
    let good = '';
    await commitTo(sandbox, 'gitops-infra', {
      [path]: text => {
        good = text;
        return text.replace('- project.yaml', '- missing.yaml');
      },
    });
    await announcePush('gitops-infra');

    const broken = await gitops.untilDeployments(
      ({ sources }) => sources.length > 1,
      'component:default/web',
    );
    expect(broken.sources[1]).toMatchObject({
      name: 'repository:acme/gitops-infra/clusters/dev/argocd',
      state: 'stale',
      message: expect.stringMatching(
        /cannot apply clusters\/dev\/argocd.*missing\.yaml/,
      ),
    });
    expect(broken.items).toHaveLength(before.items.length);

    await commitTo(sandbox, 'gitops-infra', { [path]: () => good });
    await announcePush('gitops-infra');
    await gitops.untilDeployments(
      ({ sources }) => sources.length === 1,
      'component:default/web',
    );
  });

  it.each<[fault: Fault, state: SourceState, says: RegExp]>([
    ['unauthorised', 'unauthorised', /refuses the portal's credentials/],
    ['stopped', 'unreachable', /\. It is tried again all the time\./],
    ['unavailable', 'unreachable', /is not available at the moment/],
    ['limited', 'limited', /asks the portal to slow down/],
    [
      'truncated',
      'unreachable',
      /Argo CD \(main\) gave an answer that cannot be read/,
    ],
    // Found out when nothing was heard for as long as three keep-alives.
    ['silent', 'stale', /sends no events/],
  ])(
    'says so when Argo CD is %s, keeps the rows, and recovers',
    async (...asked) => {
      const [fault, state, says] = asked;
      const before = await untilComplete('web');
      const untilState = (wished: SourceState) =>
        until(
          () => gitops.deployments('component:default/web'),
          found => sourceOf(found)?.state === wished,
          FAULT_IS_NOTICED_MS,
        );

      sandbox.argocd.faults.set({ [fault]: true });
      sandbox.argocd.faults.dropStreams();
      const during = await untilState(state);
      expect(sourceOf(during)?.message).toMatch(says);
      expect(during.items.map(({ live }) => live)).toEqual(
        before.items.map(({ live }) => live),
      );

      sandbox.argocd.faults.set({});
      const after = await untilState('ok');
      expect(sourceOf(after)).not.toHaveProperty('message');
    },
  );

  it('is as right, only later, when Argo CD is slow', async () => {
    sandbox.argocd.faults.set({ latencyMs: 500 });
    sandbox.argocd.faults.dropStreams();
    const list = await untilComplete('web');

    expect(sourceOf(list)?.state).toBe('ok');
    sandbox.argocd.faults.set({});
  });

  it('says that Argo CD is away, keeps the rows with their age, and recovers', async () => {
    const before = await untilComplete('web');
    const [gitPort, argocdPort] = [sandbox.git.url, sandbox.argocd.url].map(
      url => Number(new URL(url).port),
    );

    await sandbox.stop();
    const away = await gitops.untilDeployments(
      found => sourceOf(found)?.state === 'unreachable',
      'component:default/web',
    );
    expect(sourceOf(away)?.message).toContain('it refuses connections');
    expect(away.items.map(({ live }) => live)).toEqual(
      before.items.map(({ live }) => live),
    );
    const { observedAt } = away.items[0] ?? {};
    expect(observedAt).toBe(
      (await gitops.deployments('component:default/web')).items[0]?.observedAt,
    );
    const { channel } = away;
    gitops.signals.length = 0;

    sandbox = await start({ gitPort, argocdPort });
    const back = await gitops.untilDeployments(
      found => sourceOf(found)?.state === 'ok',
      'component:default/web',
    );
    expect(back.items[0]?.observedAt).not.toBe(observedAt);
    await until(() =>
      gitops.signals.some(signal => signal.channel === channel),
    );
  });

  it('answers from the instance that is there while another is not', async () => {
    const other = await startGitops({
      config: demoConfig(sandbox, [
        demoInstance(sandbox.argocd.url),
        { name: 'us', url: 'http://localhost:1', token: 'x.y.z' },
      ]),
      entities: demoEntities(sandbox, SERVICES),
    });
    try {
      const list = await other.untilDeployments(
        found =>
          sourceOf(found)?.state === 'ok' &&
          sourceOf(found, 'us')?.state === 'unreachable',
        'component:default/web',
      );

      expect(list.items).toHaveLength(4);
    } finally {
      await other.stop();
    }
  });

  it.each<[string, JsonObject, string]>([
    ['a wrong token', { token: 'wrong.token.really' }, 'unauthorised'],
    [
      'a wrong password',
      { username: 'admin', password: 'wrong' },
      'unauthorised',
    ],
    [
      'user name and password',
      { username: 'admin', password: 'sandbox-admin' },
      'ok',
    ],
  ])('with %s', async (_, auth, state) => {
    const other = await startGitops({
      config: demoConfig(sandbox, [
        { name: 'main', url: sandbox.argocd.url, ...auth },
      ]),
      entities: demoEntities(sandbox, SERVICES),
    });
    try {
      const list = await other.untilDeployments(
        found => sourceOf(found)?.state === state,
        'component:default/web',
      );

      expect(list.items).toHaveLength(state === 'ok' ? 4 : 0);
    } finally {
      await other.stop();
    }
  });
});
