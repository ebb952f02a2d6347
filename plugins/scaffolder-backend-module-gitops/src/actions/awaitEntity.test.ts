import { mockCredentials } from '@backstage/backend-test-utils';
import { ServiceUnavailableError } from '@backstage/errors';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { createMockActionContext } from '@backstage/plugin-scaffolder-node-test-utils';
import { createAwaitEntityAction } from './awaitEntity';

const entity = {
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Component',
  metadata: { name: 'cart' },
};

/** Runs the action in front of a catalog that answers this, the last again and again. */
async function awaitEntity(
  input: { entityRef: string; seconds?: number },
  answers: (typeof entity | undefined | Error)[],
  more: { isDryRun?: boolean; signal?: AbortSignal } = {},
) {
  const asked: unknown[] = [];
  const outputs: Record<string, unknown> = {};
  const catalog = catalogServiceMock.mock({
    getEntityByRef: async ref => {
      const answer = answers[Math.min(asked.length, answers.length - 1)];
      asked.push(ref);
      if (answer instanceof Error) {
        throw answer;
      }
      return answer;
    },
  });
  const ctx = {
    ...createMockActionContext({ input }),
    getInitiatorCredentials: async () => mockCredentials.user(),
    output: (name: string, value: unknown) => {
      outputs[name] = value;
    },
    ...more,
  };
  await createAwaitEntityAction({ catalog }).handler(ctx as never);
  return { asked, outputs };
}

describe('gitops:await-entity', () => {
  it('goes on when the catalog shows the entity', async () => {
    const { asked, outputs } = await awaitEntity(
      { entityRef: 'component:cart' },
      [undefined, new ServiceUnavailableError('restarting'), entity],
    );

    expect(outputs).toEqual({ found: true });
    expect(asked).toEqual(Array(3).fill('component:default/cart'));
  });

  it('goes on without an entity that stays away', async () => {
    const { outputs } = await awaitEntity(
      { entityRef: 'component:cart', seconds: 1 },
      [undefined],
    );

    expect(outputs).toEqual({ found: false });
  });

  it('waits for nothing in a dry run', async () => {
    const { asked, outputs } = await awaitEntity(
      { entityRef: 'component:cart' },
      [undefined],
      { isDryRun: true },
    );

    expect(asked).toEqual([]);
    expect(outputs).toEqual({ found: false });
  });

  it('stops when the task is cancelled', async () => {
    const cancelled = awaitEntity(
      { entityRef: 'component:cart' },
      [undefined],
      {
        signal: AbortSignal.timeout(50),
      },
    );

    await expect(cancelled).rejects.toMatchObject({ name: 'AbortError' });
  });

  it('refuses what is no entity reference', async () => {
    await expect(awaitEntity({ entityRef: 'cart' }, [entity])).rejects.toThrow(
      /missing.* kind/i,
    );
  });
});
