import {
  type GapReason,
  type SourceState,
} from '@callboard/backstage-plugin-gitops-common';
import { Coverage } from './Coverage';
import { type Interval } from './Interval';
import { deriveGaps } from './deriveGaps';

/** A time, by its seconds. */
const time = (seconds: number) =>
  new Date(Date.UTC(2026, 0, 1) + seconds * 1_000).toISOString();

function sight(state: SourceState, since: number, heardAt: number) {
  return {
    instance: 'main',
    source: { state, since: time(since) },
    heardAt: time(heardAt),
  };
}

/** What is claimed after each look, newest interval only. */
function claims(looks: readonly ReturnType<typeof sight>[]) {
  const coverage = new Coverage();
  const ids: string[] = [];
  return looks.map(look => {
    coverage.look([look]);
    const [newest] = coverage.intervals();
    if (!newest) {
      return undefined;
    }
    const known = ids.indexOf(newest.id);
    const number = known < 0 ? ids.push(newest.id) - 1 : known;
    const seconds = [newest.since, newest.until].map(
      it => (Date.parse(it) - Date.parse(time(0))) / 1_000,
    );
    return `${number}: ${seconds.join('-')} ${newest.reason}`;
  });
}

describe('what a replica claims to have observed', () => {
  it.each<[string, ReturnType<typeof sight>[], (string | undefined)[]]>([
    [
      'nothing before it has listed',
      [sight('stale', 0, 0), sight('stale', 0, 4), sight('ok', 5, 6)],
      [undefined, undefined, '0: 5-6 not-running'],
    ],
    [
      'all that it heard, as long as that is',
      [sight('ok', 5, 6), sight('ok', 5, 21), sight('ok', 5, 36)],
      ['0: 5-6 not-running', '0: 5-21 not-running', '0: 5-36 not-running'],
    ],
    [
      'no silence that is longer than usual',
      [sight('ok', 5, 20), sight('ok', 5, 20), sight('ok', 5, 66)],
      ['0: 5-20 not-running', '0: 5-20 not-running', '1: 66-66 unreachable'],
    ],
    [
      'a break that is short',
      [sight('ok', 5, 20), sight('unreachable', 21, 20), sight('ok', 40, 41)],
      ['0: 5-20 not-running', '0: 5-20 not-running', '0: 5-41 not-running'],
    ],
    [
      'no break that is long',
      [sight('ok', 5, 20), sight('limited', 21, 20), sight('ok', 60, 61)],
      ['0: 5-20 not-running', '0: 5-20 not-running', '1: 60-61 limited'],
    ],
    [
      'no break that it did not see itself',
      [sight('ok', 5, 20), sight('ok', 60, 61)],
      ['0: 5-20 not-running', '1: 60-61 unreachable'],
    ],
    [
      'nothing while no events come',
      [sight('ok', 5, 20), sight('stale', 21, 50), sight('ok', 300, 301)],
      ['0: 5-20 not-running', '0: 5-20 not-running', '1: 300-301 no-events'],
    ],
    [
      'why it began late',
      [sight('unauthorised', 1, 0), sight('ok', 60, 60)],
      [undefined, '0: 60-60 unauthorised'],
    ],
  ])('%s', (_, looks, expected) => {
    expect(claims(looks)).toEqual(expected);
  });

  it('nothing of the time in which it could not write', () => {
    const coverage = new Coverage();
    coverage.look([sight('ok', 5, 20)]);

    coverage.interrupt(time(100));
    coverage.look([sight('ok', 5, 101)]);

    expect(coverage.intervals()).toEqual([
      {
        id: expect.any(String),
        instance: 'main',
        since: time(100),
        until: time(101),
        reason: 'not-written',
      },
    ]);
  });
});

function interval(
  since: number,
  until: number,
  reason: GapReason = 'not-running',
): Interval {
  return {
    id: `${since}`,
    instance: 'main',
    since: time(since),
    until: time(until),
    reason,
  };
}

describe('deriveGaps', () => {
  const gaps = (intervals: readonly Interval[], now: number) =>
    deriveGaps(intervals, time(now), 'unreachable').map(
      ({ from, to, reason }) => [from, to, reason],
    );

  it.each<[string, Interval[], number, ReturnType<typeof gaps>]>([
    ['never observed', [], 100, []],
    ['observed all the time', [interval(0, 95)], 100, []],
    [
      'one replica after another',
      [interval(0, 100), interval(400, 500, 'not-running')],
      510,
      [[time(100), time(400), 'not-running']],
    ],
    [
      'one replica killed, while another went on',
      [interval(0, 100), interval(50, 500), interval(400, 500)],
      510,
      [],
    ],
    [
      'one replica that handed over to another without a hole to speak of',
      [interval(0, 100), interval(130, 500)],
      510,
      [],
    ],
    [
      'a short interval within a long one',
      [interval(0, 500), interval(50, 60), interval(600, 700, 'limited')],
      710,
      [[time(500), time(600), 'limited']],
    ],
    [
      'nobody observes now',
      [interval(0, 100)],
      200,
      [[time(100), undefined, 'unreachable']],
    ],
    [
      'several gaps, in whatever order they are read',
      [interval(400, 500), interval(0, 100), interval(900, 990)],
      1_000,
      [
        [time(100), time(400), 'not-running'],
        [time(500), time(900), 'not-running'],
      ],
    ],
  ])('%s', (...[, intervals, now, expected]) => {
    expect(gaps(intervals, now)).toEqual(expected);
  });
});
