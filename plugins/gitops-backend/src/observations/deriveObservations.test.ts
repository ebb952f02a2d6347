import { application, SHA_1, SHA_2 } from '../__testUtils__/argoApplication';
import { type Application } from '../applications/Application';
import { deriveObservations, rememberedBy } from './deriveObservations';

const GONE_AT = '2026-01-02T05:00:00.000Z';
const CART = 'main/argocd/cart-dev-dev';
const REPO = 'http://localhost:7080/acme/cart';
const REVISION = { kind: 'git', repo: REPO, value: SHA_2 };

const source = { repoURL: REPO };
const healthy = {
  status: 'Healthy',
  lastTransitionTime: '2026-01-02T03:04:05Z',
};
const first = {
  id: 0,
  revision: SHA_1,
  source,
  deployStartedAt: '2026-01-02T03:03:00Z',
  deployedAt: '2026-01-02T03:04:00Z',
  initiatedBy: { automated: true },
};
const second = {
  id: 1,
  revision: SHA_2,
  source,
  deployStartedAt: '2026-01-02T04:00:00Z',
  deployedAt: '2026-01-02T04:00:30Z',
  initiatedBy: { username: 'backstage' },
};

/** An operation that began with the second deployment. */
function operation(phase: string, changes: object = {}) {
  return {
    phase,
    message: 'one or more objects failed to apply',
    startedAt: '2026-01-02T04:00:00Z',
    finishedAt: phase === 'Running' ? undefined : '2026-01-02T04:00:30Z',
    operation: {
      sync: {},
      initiatedBy: { username: 'backstage' },
      info: [{ name: 'Requested-by', value: 'user:default/maya' }],
    },
    syncResult: {
      revision: SHA_2,
      source,
      resources: [{ images: ['cart:2'] }, {}, { images: ['cart:2', 'b:1'] }],
    },
    ...changes,
  };
}

const cart = (status: object = {}, metadata: object = {}) =>
  application({
    metadata,
    status: { health: healthy, history: [first], ...status },
  });
const before = cart();

const seen = (after: Application, from: Application | undefined = before) =>
  deriveObservations({ before: from, after }, GONE_AT);

describe('deriveObservations', () => {
  it.each<[string, Application, string[]]>([
    ['nothing new', cart(), []],
    [
      'another sync status only',
      cart({ sync: { status: 'OutOfSync', revision: SHA_2 } }),
      [],
    ],
    ['a sync that runs', cart({ operationState: operation('Running') }), []],
    [
      'a sync that waits for its next try',
      cart({
        operationState: operation('Running', {
          finishedAt: '2026-01-02T04:00:30Z',
        }),
      }),
      [],
    ],
    [
      'a sync that is being ended',
      cart({ operationState: operation('Terminating') }),
      [],
    ],
    [
      'a sync that failed',
      cart({ operationState: operation('Failed') }),
      ['2026-01-02T04:00:30.000Z sync failed'],
    ],
    [
      'a sync that could not be tried',
      cart({ operationState: operation('Error') }),
      ['2026-01-02T04:00:30.000Z sync error'],
    ],
    [
      'a phase that is none',
      cart({ operationState: operation('toString') }),
      [],
    ],
    [
      'a dry run',
      cart({
        operationState: operation('Failed', {
          operation: { sync: { dryRun: true } },
        }),
      }),
      [],
    ],
    [
      'a deployment',
      cart({
        history: [first, second],
        operationState: operation('Succeeded'),
      }),
      ['2026-01-02T04:00:30.000Z sync succeeded'],
    ],
    [
      'a deployment that the history has already, while the operation runs',
      cart({ history: [first, second], operationState: operation('Running') }),
      [],
    ],
    [
      'two deployments at once, after a gap',
      cart({
        history: [
          first,
          second,
          {
            ...second,
            id: 2,
            deployStartedAt: '2026-01-02T04:10:00Z',
            deployedAt: '2026-01-02T04:10:30Z',
          },
        ],
      }),
      [
        '2026-01-02T04:00:30.000Z sync succeeded',
        '2026-01-02T04:10:30.000Z sync succeeded',
      ],
    ],
    [
      'two deployments in one second',
      cart({
        history: [first, second, { ...second, id: 2 }],
        operationState: operation('Succeeded'),
      }),
      [
        '2026-01-02T04:00:30.000Z sync succeeded',
        '2026-01-02T04:00:30.000Z sync succeeded',
      ],
    ],
    [
      'a sync of some resources',
      cart({
        operationState: operation('Succeeded', {
          operation: { sync: { resources: [{}] } },
        }),
      }),
      ['2026-01-02T04:00:30.000Z sync succeeded'],
    ],
    [
      'a deployment where Argo CD keeps no history',
      cart({ history: null, operationState: operation('Succeeded') }),
      ['2026-01-02T04:00:30.000Z sync succeeded'],
    ],
    [
      'health that is lost',
      cart({
        health: {
          status: 'Degraded',
          lastTransitionTime: '2026-01-02T04:20:00Z',
        },
      }),
      ['2026-01-02T04:20:00.000Z health Degraded'],
    ],
    [
      'health on its way',
      cart({
        health: {
          status: 'Progressing',
          lastTransitionTime: '2026-01-02T04:20:00Z',
        },
      }),
      [],
    ],
    [
      'health that was lost and regained unseen',
      cart({
        health: { ...healthy, lastTransitionTime: '2026-01-02T04:20:00Z' },
      }),
      ['2026-01-02T04:20:00.000Z health Healthy'],
    ],
    [
      'health of which Argo CD does not tell the time',
      cart({ health: { status: 'Degraded' } }),
      [],
    ],
    [
      'a deletion that was asked for',
      cart(
        {},
        {
          creationTimestamp: '2026-01-01T00:00:00Z',
          deletionTimestamp: '2026-01-02T04:30:00Z',
        },
      ),
      [
        '2026-01-01T00:00:00.000Z life created',
        '2026-01-02T04:30:00.000Z life removed',
      ],
    ],
    [
      'times that are none',
      cart({
        health: { status: 'Degraded', lastTransitionTime: 'yesterday' },
        history: [first, { ...second, deployedAt: '' }],
        operationState: operation('Failed', { finishedAt: '2026-99-99' }),
      }),
      [],
    ],
  ])('of %s', (_, after, expected) => {
    expect(
      seen(after).map(({ at, what }) => `${at} ${what.kind} ${what.outcome}`),
    ).toEqual(expected);
  });

  it('tells what a sync was about, and who asked for it', () => {
    const [failed] = seen(cart({ operationState: operation('Failed') }));

    expect(failed).toEqual({
      application: CART,
      fact: expect.any(String),
      at: '2026-01-02T04:00:30.000Z',
      message: 'one or more objects failed to apply',
      what: {
        kind: 'sync',
        outcome: 'failed',
        partial: false,
        startedAt: '2026-01-02T04:00:00.000Z',
        revisions: [REVISION],
        images: ['b:1', 'cart:2'],
        by: 'user:default/maya',
      },
    });
  });

  it('tells the person of a deployment only where the operation still does', () => {
    const history = [first, second];
    const [live] = seen(
      cart({ history, operationState: operation('Succeeded') }),
    );
    const [later] = seen(cart({ history }));

    expect(live?.what).toMatchObject({
      by: 'user:default/maya',
      images: ['b:1', 'cart:2'],
    });
    expect(later?.what).toMatchObject({ by: 'backstage', images: [] });
    expect(later?.fact).toBe(live?.fact);
  });

  it('hides credentials that a message quotes', () => {
    const [failed] = seen(
      cart({
        operationState: operation('Failed', {
          message: `cannot clone https://robot:hunter2@git.test/x\u0000\n`,
        }),
      }),
    );

    expect(failed?.message).toBe('cannot clone https://…git.test/x');
  });

  it('tells at first sight what happened before', () => {
    const facts = rememberedBy(
      cart(
        { history: [first, second], operationState: operation('Failed') },
        { creationTimestamp: '2026-01-01T00:00:00Z' },
      ),
    ).map(({ at, what }) => `${at} ${what.kind} ${what.outcome}`);

    expect(facts).toEqual([
      '2026-01-01T00:00:00.000Z life created',
      '2026-01-02T03:04:00.000Z sync succeeded',
      '2026-01-02T04:00:30.000Z sync succeeded',
      '2026-01-02T04:00:30.000Z sync failed',
      '2026-01-02T03:04:05.000Z health Healthy',
    ]);
  });

  it('names alike what is seen event by event, and what is seen later', () => {
    const states = [
      before,
      cart({ operationState: operation('Running') }),
      cart({ history: [first, second], operationState: operation('Running') }),
      cart({
        history: [first, second],
        operationState: operation('Succeeded'),
      }),
    ];
    const live = states.flatMap((after, n) =>
      deriveObservations({ before: states[n - 1], after }, GONE_AT),
    );
    const atOnce = rememberedBy(states[3] as Application);

    expect(live.map(({ fact }) => fact).sort()).toEqual(
      atOnce.map(({ fact }) => fact).sort(),
    );
  });

  describe('of an application that is gone', () => {
    const created = { creationTimestamp: '2026-01-01T00:00:00Z' };
    const gone = (from: Application, deleted: boolean) =>
      deriveObservations({ before: from, deleted }, GONE_AT);

    it('takes our time where Argo CD tells none', () => {
      expect(gone(cart({}, created), true)).toEqual([
        {
          application: CART,
          fact: 'life/removed/2026-01-01T00:00:00.000Z',
          at: GONE_AT,
          what: { kind: 'life', outcome: 'removed' },
        },
      ]);
    });

    it('says it once where the deletion was told before', () => {
      const deleting = cart(
        {},
        { ...created, deletionTimestamp: '2026-01-02T04:30:00Z' },
      );

      expect(gone(deleting, true)).toEqual([]);
    });

    it('claims nothing where a list only does not have it any more', () => {
      expect(gone(cart({}, created), false)).toEqual([]);
    });
  });
});
