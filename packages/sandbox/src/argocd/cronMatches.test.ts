import { cronMatches } from './cronMatches';

describe('a cron schedule', () => {
  // A Monday.
  const at = (time: string) => new Date(`2026-03-02T${time}Z`);

  it.each([
    ['* * * * *', '10:17:30', 'UTC', true],
    ['17 10 * * *', '10:17:30', 'UTC', true],
    ['18 10 * * *', '10:17:30', 'UTC', false],
    ['*/15 * * * *', '10:45:00', 'UTC', true],
    ['*/15 * * * *', '10:46:00', 'UTC', false],
    ['0 9-17 * * 1-5', '12:00:00', 'UTC', true],
    ['0 9-17 * * 6,7', '12:00:00', 'UTC', false],
    ['0 12 1 * 1', '12:00:00', 'UTC', true],
    ['0 13 * * *', '12:00:00', 'Europe/Berlin', true],
  ])('%s at %s in %s: %s', (...[schedule, time, zone, due]) => {
    expect(cronMatches(schedule, at(time), zone)).toBe(due);
  });
});
