import {
  type DeploymentDetail,
  type DeploymentOperation,
} from '@callboard/backstage-plugin-gitops-common';
import { ScriptedArgocd } from '../__testUtils__/ScriptedArgocd';
import { argoJson } from '../__testUtils__/argoApplication';
import { argocdBlock, gitopsBlock } from '../__testUtils__/environments';
import {
  component,
  type Gitops,
  startGitops,
} from '../__testUtils__/startGitops';

jest.setTimeout(60_000);

describe('what Argo CD tells of a deployment', () => {
  let argocd: ScriptedArgocd;
  let gitops: Gitops;

  beforeEach(async () => {
    argocd = await ScriptedArgocd.start();
    argocd.put(argoJson());
    gitops = await startGitops({
      config: { gitops: gitopsBlock, argocd: argocdBlock(argocd.url, 'token') },
      entities: [
        component('cart', {
          'backstage.io/source-location':
            'url:http://localhost:7080/acme/cart/tree/main/',
        }),
      ],
    });
    await gitops.untilDeployments(({ items }) => items.length === 1);
  });

  afterEach(async () => {
    await gitops?.stop();
    await argocd?.stop();
  });

  async function read<T>(path: string): Promise<T> {
    const { status, body, text } = await gitops.get(
      `/v1/deployments/main/argocd/cart-dev-dev${path}?entityRef=component:default/cart`,
    );
    if (status !== 200) {
      throw new TypeError(text);
    }
    return body;
  }

  async function operationOf(
    operationState: object,
  ): Promise<DeploymentOperation | undefined> {
    argocd.put(argoJson({ status: { operationState } }));
    return (await read<DeploymentDetail>('')).operation;
  }

  describe('its operation', () => {
    it('has hooks that are over when they have run, not when they were created', async () => {
      const hook = (name: string, hookPhase: string) => ({
        kind: 'Job',
        name,
        status: 'Synced',
        hookType: 'PreSync',
        hookPhase,
      });

      const operation = await operationOf({
        phase: 'Running',
        syncResult: {
          resources: [
            hook('migrate', 'Failed'),
            hook('warm-up', 'Running'),
            hook('check', 'Succeeded'),
            { ...hook('never-created', ''), status: 'SyncFailed' },
            { kind: 'Service', status: 'Synced', hookPhase: 'Running' },
          ],
        },
      });

      expect(operation?.resources.map(({ status }) => status)).toEqual([
        'Failed',
        'Running',
        'Succeeded',
        'SyncFailed',
        'Synced',
      ]);
    });

    const FAILED_ONCE = {
      phase: 'Running',
      message: 'no such namespace. Retrying attempt #2 at 3:04PM.',
      startedAt: '2026-01-02T03:00:00Z',
      finishedAt: '2026-01-02T03:04:00Z',
      retryCount: 2,
    };

    it('says when the next try comes while it waits for it', async () => {
      const retry = { limit: 5, backoff: { duration: '1m', factor: 3 } };

      expect(
        await operationOf({ ...FAILED_ONCE, operation: { retry } }),
      ).toEqual({
        phase: 'Running',
        message: 'no such namespace.',
        startedAt: '2026-01-02T03:00:00Z',
        finishedAt: '2026-01-02T03:04:00Z',
        dryRun: false,
        retries: 1,
        // Nine minutes would be more than the most, which is three.
        nextTry: { number: 2, limit: 5, at: '2026-01-02T03:07:00.000Z' },
        resources: [],
      });
    });

    it.each([
      [
        'uses the usual pauses where none are given',
        { limit: -1 },
        { number: 2, at: '2026-01-02T03:04:20.000Z' },
      ],
      [
        'takes numbers for seconds',
        { limit: 9, backoff: { duration: '7', maxDuration: '8s' } },
        { number: 2, limit: 9, at: '2026-01-02T03:04:08.000Z' },
      ],
      [
        'names no time where the pause cannot be read',
        { limit: 9, backoff: { duration: 'a while' } },
        { number: 2, limit: 9 },
      ],
    ])('%s', async (_, retry, nextTry) => {
      const operation = await operationOf({
        ...FAILED_ONCE,
        operation: { retry },
      });

      expect(operation?.nextTry).toEqual(nextTry);
    });

    it('waits for no try while one runs, or after the last', async () => {
      const { finishedAt: _, ...running } = FAILED_ONCE;

      expect(await operationOf(running)).toMatchObject({ retries: 2 });
      expect(await operationOf(running)).not.toHaveProperty('nextTry');
      expect(
        await operationOf({ ...FAILED_ONCE, phase: 'Failed' }),
      ).not.toHaveProperty('nextTry');
    });
  });
});
