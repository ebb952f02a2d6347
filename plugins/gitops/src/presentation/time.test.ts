import { ageChangesIn, formatAbsolute, formatAge, formatMoment } from './time';

const now = new Date('2026-08-22T12:00:00Z');
const ago = (seconds: number) => new Date(now.getTime() - seconds * 1_000);

describe('formatAge', () => {
  it.each([
    [-30, 'just now'],
    [4, 'just now'],
    [42, '42 s ago'],
    [60, '1 min ago'],
    [3_599, '59 min ago'],
    [5 * 3_600, '5 h ago'],
    [3 * 86_400, '3 d ago'],
    [8 * 86_400, '14 Aug 2026'],
  ])('says of %i seconds: %s', (seconds, words) => {
    expect(formatAge(ago(seconds), now)).toBe(words);
  });

  it('ticks by the second only while seconds show', () => {
    expect(ageChangesIn(ago(42), now)).toBe(1_000);
    expect(ageChangesIn(ago(61), now)).toBe(10_000);
    expect(ageChangesIn(ago(4_000), now)).toBe(60_000);
  });
});

describe('formatAbsolute', () => {
  it('tells the time where the reader is, and in UTC', () => {
    expect(formatAbsolute(now, 'Europe/Paris')).toBe(
      '22 Aug 2026, 14:00:00 CEST · 12:00:00 UTC',
    );
  });
});

describe('formatMoment', () => {
  it.each([
    ['2026-08-24T07:00:00Z', 'Mon 09:00'],
    ['2026-09-24T07:00:00Z', '24 Sept 2026 09:00'],
  ])('says %s: %s', (time, words) => {
    expect(formatMoment(new Date(time), now, 'Europe/Paris')).toBe(words);
  });
});
