const DAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];

/** Whether a five-field cron schedule is due in the minute of this time, in this time zone. */
export function cronMatches(
  schedule: string,
  at: Date,
  timeZone: string,
): boolean {
  const [minute = '*', hour = '*', day = '*', month = '*', weekday = '*'] =
    schedule.trim().split(/\s+/);
  const clock = clockOf(at, timeZone);
  const onDay = fieldMatches(day, clock.day);
  const onWeekday =
    fieldMatches(weekday, clock.weekday) ||
    (clock.weekday === 0 && fieldMatches(weekday, 7));
  // Cron's rule: where both are given, either will do.
  const today =
    day !== '*' && weekday !== '*' ? onDay || onWeekday : onDay && onWeekday;
  return (
    fieldMatches(minute, clock.minute) &&
    fieldMatches(hour, clock.hour) &&
    fieldMatches(month, clock.month) &&
    today
  );
}

function clockOf(at: Date, timeZone: string) {
  const parts = new Intl.DateTimeFormat('en-US', {
    timeZone,
    minute: 'numeric',
    hour: 'numeric',
    hourCycle: 'h23',
    day: 'numeric',
    month: 'numeric',
    weekday: 'short',
  }).formatToParts(at);
  const part = (type: string) =>
    parts.find(found => found.type === type)?.value ?? '';
  return {
    minute: Number(part('minute')),
    hour: Number(part('hour')),
    day: Number(part('day')),
    month: Number(part('month')),
    weekday: DAYS.indexOf(part('weekday')),
  };
}

function fieldMatches(field: string, value: number): boolean {
  return field.split(',').some(part => {
    const [range = '*', step] = part.split('/');
    const [from, to] = range.split('-').map(Number);
    const low = range === '*' ? 0 : from ?? 0;
    const open = range === '*' || (step !== undefined && to === undefined);
    const high = open ? Infinity : to ?? low;
    return (
      value >= low && value <= high && (value - low) % Number(step ?? 1) === 0
    );
  });
}
