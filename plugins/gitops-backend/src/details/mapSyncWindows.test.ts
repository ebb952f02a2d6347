import { mapSyncWindows } from './mapSyncWindows';

// A Friday.
const NOW = new Date('2026-01-02T12:00:00Z');

function changesAt(
  window: { schedule: string; duration: string; timeZone?: string },
  isActive: boolean,
): string | undefined {
  const given = { kind: 'deny', ...window };
  const { items } = mapSyncWindows(
    {
      canSync: false,
      assignedWindows: [given],
      ...(isActive && { activeWindows: [given] }),
    },
    { value: [{ ...given, timeZone: window.timeZone }] },
    NOW,
  );
  expect(items[0]?.isActive).toBe(isActive);
  return items[0]?.changesAt;
}

describe('mapSyncWindows', () => {
  it.each([
    [
      'opens on Monday',
      '0 9 * * 1',
      '8h',
      undefined,
      false,
      '2026-01-05T09:00:00.000Z',
    ],
    [
      'opens where it is Paris',
      '0 9 * * 1',
      '8h',
      'Europe/Paris',
      false,
      '2026-01-05T08:00:00.000Z',
    ],
    [
      'closes',
      '0 11 * * *',
      '1h30m',
      undefined,
      true,
      '2026-01-02T12:30:00.000Z',
    ],
    [
      'closes a second late',
      '0 11 * * *',
      '1h1s',
      undefined,
      true,
      '2026-01-02T12:00:01.000Z',
    ],
    ['never closes', '0 * * * *', '2h', undefined, true, undefined],
    [
      'has a schedule that nobody can read',
      'whenever',
      '2h',
      undefined,
      false,
      undefined,
    ],
    [
      'has a duration that nobody can read',
      '0 11 * * *',
      'long',
      undefined,
      true,
      undefined,
    ],
    [
      'is in no time zone',
      '0 9 * * 1',
      '8h',
      'Nowhere/At-All',
      false,
      undefined,
    ],
  ])('%s', (...row) => {
    const [, schedule, duration, timeZone, isActive, expected] = row;
    expect(changesAt({ schedule, duration, timeZone }, isActive)).toBe(
      expected,
    );
  });

  it('lets people sync where there is no window', () => {
    expect(mapSyncWindows({}, { value: [] }, NOW)).toEqual({
      canSync: true,
      items: [],
    });
  });

  it.each([
    ['the project cannot be read', []],
    ['the project has it in two time zones', ['Europe/Paris', undefined]],
  ])('does not know when it changes where %s', (_, zones) => {
    const window = { kind: 'allow', schedule: '0 9 * * 1', duration: '8h' };
    const { items } = mapSyncWindows(
      { canSync: false, assignedWindows: [{ ...window, manualSync: false }] },
      { value: zones.map(timeZone => ({ ...window, timeZone })) },
      NOW,
    );

    expect(items).toEqual([{ ...window, manualSync: false, isActive: false }]);
  });
});
