import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  type DeploymentDetail,
  type DeploymentDiff,
  type DeploymentEventList,
  type DeploymentHistory,
  type PodLog,
  type ResourceNode,
  type ResourceTree,
  type RevisionOriginList,
  type SyncWindowList,
} from '@callboard/backstage-plugin-gitops-common';
import { type Sandbox, startSandbox } from '@callboard/sandbox';
import { demoConfig, demoEntities } from '../__testUtils__/demoConfig';
import { type Gitops, startGitops } from '../__testUtils__/startGitops';
import { until } from '../__testUtils__/until';

jest.setTimeout(90_000);

const USER = 'user:default/mock';
const DEV = 'cart-dev-dev';
const EU = 'inventory-production-prod-eu1';

describe('what is inside a deployment', () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'gitops-backend-details-'));
  let sandbox: Sandbox;
  let gitops: Gitops;

  beforeAll(async () => {
    sandbox = await startSandbox({
      dataDir,
      timings: {
        lookOutIntervalMs: 3_600_000,
        readyAfterMs: 50,
        progressDeadlineMs: 500,
      },
    });
    await sandbox.argocd.reconcileAll();
    gitops = await startGitops({
      config: demoConfig(sandbox),
      entities: demoEntities(sandbox, ['cart', 'inventory']),
    });
    await gitops.untilDeployments(({ items }) => items.length === 4);
  });

  afterAll(async () => {
    await gitops?.stop();
    await sandbox?.stop();
    rmSync(dataDir, { recursive: true, force: true });
  });

  function urlOf(application: string, path: string): string {
    const [service] = application.split('-');
    const separator = path.includes('?') ? '&' : '?';
    return `/v1/deployments/main/argocd/${application}${path}${separator}entityRef=component:default/${service}`;
  }

  async function read<T>(application: string, path = ''): Promise<T> {
    const { status, body, text } = await gitops.get(urlOf(application, path));
    if (status !== 200) {
      throw new TypeError(text);
    }
    return body;
  }

  const act = (application: string, action: string, body: object = {}) =>
    gitops.send('post', urlOf(application, `/${action}`)).send(body);

  /** Switches in the sandbox's Argo CD; what is not named is well. */
  async function trouble(form: string) {
    const response = await fetch(`${sandbox.argocd.url}/trouble`, {
      method: 'POST',
      redirect: 'manual',
      body: new URLSearchParams(form),
    });
    expect(response.status).toBe(303);
  }

  const detailOf = (application: string) => read<DeploymentDetail>(application);

  const untilDetail = (
    application: string,
    isWished: (detail: DeploymentDetail) => boolean,
  ) => until(() => detailOf(application), isWished);

  it('is what Argo CD knows of it', async () => {
    const detail = await detailOf(DEV);

    expect(detail).toMatchObject({
      application: { instance: 'main', namespace: 'argocd', name: DEV },
      syncPolicy: { automated: true, prune: true, selfHeal: true },
      conditions: [],
      comparedAt: expect.any(String),
    });
    expect(detail.target[0]?.url).toContain(`${sandbox.git.url}/acme/cart/`);
    expect(detail.history[0]).toMatchObject({
      at: expect.any(String),
      by: expect.any(String),
      revisions: [{ url: expect.stringContaining('/commit/') }],
    });
  });

  it('is a tree of resources, down to the pods', async () => {
    const { roots } = await read<ResourceTree>(DEV, '/resources');

    const deployment = roots.find(({ kind }) => kind === 'Deployment');
    expect(deployment).toMatchObject({
      name: 'cart',
      sync: 'Synced',
      health: { status: 'Healthy' },
    });
    const [pod] = podsOf(roots);
    expect(pod).toMatchObject({
      images: [expect.stringContaining('ghcr.io/acme/cart')],
      restarts: 0,
    });
  });

  it('is what a sync would change, without a word of the values', async () => {
    const { items } = await read<DeploymentDiff>(EU, '/diff');

    expect(items.map(({ change }) => change)).toContain('update');
    const changed = items.find(({ kind }) => kind === 'Deployment');
    expect(changed?.live).not.toBe(changed?.desired);
    expect(items.some(({ live }) => live?.includes('status:'))).toBe(false);
  });

  it('is what happened, who made the commit, and when it may be synced', async () => {
    const [events, origins, windows] = await Promise.all([
      read<DeploymentEventList>(DEV, '/events'),
      read<RevisionOriginList>(DEV, '/revision'),
      read<SyncWindowList>(DEV, '/sync-windows'),
    ]);

    expect(events.items.map(({ reason }) => reason)).toContain(
      'OperationCompleted',
    );
    expect(origins.items).toEqual([
      {
        revision: expect.objectContaining({ kind: 'git' }),
        author: expect.not.stringContaining('@'),
        at: expect.any(String),
        message: expect.any(String),
        tags: expect.any(Array),
      },
    ]);
    expect(windows).toEqual({ canSync: true, items: [] });
  });

  it('is what Kubernetes notes of pods that crash', async () => {
    await trouble(`crash=${DEV}`);
    const { items, incomplete } = await until(
      () => read<DeploymentEventList>(DEV, '/events'),
      found => found.items.some(({ reason }) => reason === 'BackOff'),
    );
    await trouble('');

    expect(incomplete).toBeUndefined();
    expect(items.find(({ reason }) => reason === 'BackOff')).toMatchObject({
      type: 'Warning',
      message: expect.stringContaining('restarting failed container cart'),
      resource: { kind: 'Pod', name: expect.stringMatching(/^cart-/) },
    });
    expect(items.map(({ reason }) => reason)).toContain('OperationCompleted');
  });

  it('is the log of its pods, and of no other', async () => {
    const { roots } = await read<ResourceTree>(DEV, '/resources');
    const [pod] = podsOf(roots);

    const log = await read<PodLog>(
      DEV,
      `/logs?podNamespace=${pod?.namespace}&pod=${pod?.name}`,
    );
    expect(log.lines.length).toBeGreaterThan(0);
    expect(log.lines[0]).toMatchObject({
      at: expect.stringMatching(/Z$/),
      text: expect.any(String),
    });

    const other = await gitops.get(
      urlOf(EU, `/logs?podNamespace=${pod?.namespace}&pod=${pod?.name}`),
    );
    expect(other.status).toBe(404);
  });

  it('costs one call for all who look at the same time', async () => {
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => read(EU, '/events')),
    );

    expect(new Set(answers.map(answer => JSON.stringify(answer))).size).toBe(1);
  });

  it('fails piece by piece, with words, and comes back', async () => {
    await trouble('unavailable=on');
    const failed = await gitops.get(urlOf('cart-staging-staging', '/events'));
    await trouble('');

    expect(failed.status).toBe(502);
    expect(failed.body.error.message).toContain('not available');
    expect(JSON.stringify(failed.body)).not.toContain(
      new URL(sandbox.argocd.url).port,
    );
    await until(
      async () =>
        (
          await gitops.get(urlOf('cart-staging-staging', '/events'))
        ).status,
      status => status === 200,
    );
  });

  describe('and what people do with it', () => {
    it('a dry run changes nothing, and tells for whom it was', async () => {
      const { status, body } = await act(EU, 'sync', { dryRun: true });

      expect({ status, body }).toEqual({
        status: 202,
        body: { started: true },
      });
      const { operation, history } = await untilDetail(
        EU,
        found =>
          found.operation?.dryRun === true &&
          found.operation.phase === 'Succeeded',
      );
      expect(operation?.by).toBe('user:default/mock');
      expect(history[0]?.by).not.toBe('user:default/mock');
    });

    it('a sync brings what Git asks for', async () => {
      const before = await detailOf(EU);
      await act(EU, 'sync').expect(202);

      const list = await gitops.untilDeployments(
        ({ items }) =>
          items.some(
            ({ cluster, sync }) =>
              cluster === 'prod-eu1' && sync.status === 'Synced',
          ),
        'component:default/inventory',
      );
      expect(list.items).toHaveLength(4);
      const after = await untilDetail(
        EU,
        ({ history }) => history.length > before.history.length,
      );
      expect(after.operation?.resources).toContainEqual(
        expect.objectContaining({ kind: 'Deployment', status: 'Synced' }),
      );
    });

    it('is in the history, with who asked for it', async () => {
      const history = await until(
        () => read<DeploymentHistory>(EU, '/history'),
        ({ items }) => items.some(it => it.kind === 'sync' && it.by === USER),
      );

      expect(history).toMatchObject({
        keptForDays: 180,
        sources: [
          { name: 'argocd:main', state: 'ok' },
          { name: 'database', state: 'ok' },
        ],
      });
      const [latest] = history.items.filter(it => it.kind === 'sync');
      expect(latest).toMatchObject({
        outcome: 'succeeded',
        partial: false,
        images: [expect.stringContaining('ghcr.io/acme/inventory')],
        revisions: [{ url: expect.stringContaining('/commit/') }],
      });
      expect(history.items.at(-1)).toMatchObject({
        kind: 'life',
        outcome: 'created',
      });
    });

    it('a sync that a window forbids is refused in plain words', async () => {
      await trouble('closed=services-dev');
      const { status, body } = await act(DEV, 'sync');
      const windows = await read<SyncWindowList>(DEV, '/sync-windows');
      await trouble('');

      expect(status).toBe(409);
      expect(body.error.message).toContain('sync window');
      expect(windows.canSync).toBe(false);
      expect(windows.items[0]).toMatchObject({
        kind: 'deny',
        isActive: true,
        timeZone: 'UTC',
      });
      expect(windows.incomplete).toBeUndefined();
    });

    it('there is nothing to end where nothing runs', async () => {
      const { status, body } = await act(DEV, 'terminate');

      expect(status).toBe(409);
      expect(body.error.message).toContain('No operation is in progress');
    });

    it('a refresh finds what was pushed', async () => {
      const before = await detailOf(DEV);
      await act(DEV, 'refresh', { kind: 'hard' }).expect(202);

      const after = await untilDetail(
        DEV,
        ({ comparedAt = '' }) => comparedAt > (before.comparedAt ?? ''),
      );
      expect(after.conditions).toEqual([]);
    });
  });
});

function podsOf(nodes: readonly ResourceNode[]): ResourceNode[] {
  return nodes.flatMap(node =>
    node.kind === 'Pod' ? [node] : podsOf(node.children),
  );
}
