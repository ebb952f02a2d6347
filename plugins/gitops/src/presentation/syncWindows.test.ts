import { type SyncWindow } from '@callboard/backstage-plugin-gitops-common';
import { describeWindow, describeWindows } from './syncWindows';

const MON = '2026-08-24T07:00:00Z';
const TUE = '2026-08-25T07:00:00Z';

function window(
  kind: SyncWindow['kind'],
  isActive: boolean,
  changes: Partial<SyncWindow> = {},
): SyncWindow {
  return {
    kind,
    isActive,
    schedule: '0 9 * * 1-5',
    duration: '9h',
    timeZone: 'Europe/Paris',
    manualSync: false,
    changesAt: MON,
    ...changes,
  };
}

describe('describeWindows', () => {
  it.each([
    {
      name: 'no windows',
      canSync: true,
      items: [],
      state: 'open',
      words: /at any time\.$/,
      at: undefined,
    },
    {
      name: 'outside of what is allowed',
      canSync: false,
      items: [
        window('allow', false, { changesAt: TUE }),
        window('allow', false),
      ],
      state: 'closed',
      words: /^Production may be synced again$/,
      at: MON,
    },
    {
      name: 'two that deny: the longer one decides',
      canSync: false,
      items: [window('deny', true), window('deny', true, { changesAt: TUE })],
      state: 'closed',
      words: /may be synced again$/,
      at: TUE,
    },
    {
      name: 'closed, nobody knows for how long',
      canSync: false,
      items: [window('deny', true, { changesAt: undefined })],
      state: 'closed',
      words: /may not be synced now.*closed\.$/,
      at: undefined,
    },
    {
      name: 'two that deny, one in a time zone that is not known',
      canSync: false,
      items: [
        window('deny', true),
        window('deny', true, { timeZone: undefined, changesAt: undefined }),
      ],
      state: 'closed',
      words: /may not be synced now.*closed\.$/,
      at: undefined,
    },
    {
      name: 'closed, but not for people',
      canSync: true,
      items: [window('deny', true, { manualSync: true })],
      state: 'manual',
      words:
        /^People may sync production now; Argo CD syncs it on its own again$/,
      at: MON,
    },
    {
      name: 'open until one that denies begins',
      canSync: true,
      items: [window('allow', true, { changesAt: TUE }), window('deny', false)],
      state: 'open',
      words: /may be synced until$/,
      at: MON,
    },
    {
      name: 'open, further ones that allow come later',
      canSync: true,
      items: [
        window('allow', true, { changesAt: TUE }),
        window('allow', false, { changesAt: MON }),
      ],
      state: 'open',
      words: /may be synced until$/,
      at: TUE,
    },
  ])('$name', ({ canSync, items, state, words, at }) => {
    const view = describeWindows({ canSync, items }, 'production');

    expect(view.state).toBe(state);
    expect(view.words).toMatch(words);
    expect(view.at).toBe(at);
  });
});

describe('describeWindow', () => {
  it('says when it is, in which zone, and whom it binds', () => {
    expect(describeWindow(window('deny', true, { manualSync: true }))).toBe(
      'Denies syncs for 9h, at “0 9 * * 1-5” (Europe/Paris). People may sync all the same.',
    );
  });
});
