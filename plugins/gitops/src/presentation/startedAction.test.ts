import {
  type DeploymentDetail,
  type DeploymentOperation,
} from '@callboard/backstage-plugin-gitops-common';
import {
  describeActivity,
  isAwaited,
  momentOf,
  type StartedAction,
} from './startedAction';

const at = new Date('2026-08-22T12:00:00Z');
const later = (seconds: number) => new Date(at.getTime() + seconds * 1_000);

function detail(
  operation?: Partial<DeploymentOperation>,
  comparedAt = '2026-08-22T11:58:00Z',
): DeploymentDetail {
  return {
    application: { instance: 'main', namespace: 'argocd', name: 'cart' },
    syncPolicy: { automated: true, prune: false, selfHeal: false },
    conditions: [],
    history: [],
    target: [],
    comparedAt,
    operation: operation && {
      phase: 'Succeeded',
      startedAt: '2026-08-22T11:00:00Z',
      dryRun: false,
      retries: 0,
      resources: [],
      ...operation,
    },
  };
}

const before = detail({});
const started = (action: StartedAction['action']): StartedAction => ({
  action,
  at,
  before: momentOf(before),
});

describe('describeActivity', () => {
  it('says nothing where nothing is going on', () => {
    expect(describeActivity(undefined, before, at)).toBeUndefined();
    expect(describeActivity(undefined, undefined, at)).toBeUndefined();
  });

  it('tells of a sync, whoever asked for it', () => {
    const view = describeActivity(
      undefined,
      detail({ phase: 'Running', message: 'waiting for hooks', retries: 2 }),
      at,
    );

    expect(view?.look.word).toBe('Syncing');
    expect(view?.words).toBe('Waiting for hooks. Tried again 2 times.');
  });

  it('follows a sync from its start to its end', () => {
    const sync = started('sync');
    const startedAt = '2026-08-22T12:00:02Z';

    expect(describeActivity(sync, before, at)?.words).toMatch(/takes it up/);
    expect(
      describeActivity(sync, detail({ phase: 'Running', startedAt }), at)?.look
        .word,
    ).toBe('Syncing');
    expect(
      describeActivity(
        sync,
        detail({ phase: 'Failed', startedAt, message: 'no such kind' }),
        at,
      ),
    ).toMatchObject({
      look: { word: 'Failed', tone: 'negative' },
      words: 'No such kind.',
    });
  });

  it.each([
    ['refresh', detail({}, '2026-08-22T12:00:03Z'), /has compared/],
    ['hard-refresh', detail({}, '2026-08-22T12:00:03Z'), /rendered/],
    ['terminate', detail({ phase: 'Failed' }), /What it had applied stays/],
  ] as const)('knows when %s has had its effect', (action, after, words) => {
    const first =
      action === 'terminate' ? detail({ phase: 'Running' }) : before;

    expect(isAwaited(started(action), first, later(5))).toBe(true);
    expect(isAwaited(started(action), after, later(5))).toBe(false);
    expect(describeActivity(started(action), after, at)?.words).toMatch(words);
  });
});

describe('an action without an effect', () => {
  it.each(['sync', 'refresh', 'hard-refresh', 'terminate'] as const)(
    'of %s is admitted after a minute, with what to do',
    action => {
      const running = detail({ phase: 'Running' });
      const same = action === 'terminate' ? running : before;

      expect(
        describeActivity(started(action), same, later(59))?.look.word,
      ).toBe('Started');
      expect(describeActivity(started(action), same, later(60))).toMatchObject({
        look: { tone: 'warning' },
        words: expect.stringMatching(
          /within a minute\. Look at the application in Argo CD.*try again\.$/,
        ),
      });
    },
  );
});

describe('isAwaited', () => {
  it('gives up after a minute', () => {
    expect(isAwaited(started('sync'), before, later(59))).toBe(true);
    expect(isAwaited(started('sync'), before, later(61))).toBe(false);
    expect(isAwaited(undefined, before, later(1))).toBe(false);
  });
});
