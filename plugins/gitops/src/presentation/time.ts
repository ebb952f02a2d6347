const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** A length of time in its largest unit: `42 s`, `12 min`, `5 h`, `3 d`. */
export function formatDuration(milliseconds: number): string {
  if (milliseconds < MINUTE) {
    return `${Math.max(0, Math.floor(milliseconds / SECOND))} s`;
  }
  if (milliseconds < HOUR) {
    return `${Math.floor(milliseconds / MINUTE)} min`;
  }
  if (milliseconds < DAY) {
    return `${Math.floor(milliseconds / HOUR)} h`;
  }
  return `${Math.floor(milliseconds / DAY)} d`;
}

/** How long ago a time was; a date where that is more than a week. */
export function formatAge(time: Date, now: Date): string {
  const age = now.getTime() - time.getTime();
  // Clocks differ: what lies a little ahead of us happened now.
  if (age < 5 * SECOND) {
    return 'just now';
  }
  return age < 7 * DAY ? `${formatDuration(age)} ago` : formatDate(time);
}

/** How long it is until a time: `in 12 s`. */
export function formatUntil(time: Date, now: Date): string {
  const left = time.getTime() - now.getTime();
  return left < SECOND ? 'any moment now' : `in ${formatDuration(left)}`;
}

/** When something will be, or was: `Mon 09:00`; with its date where that is more than six days away. */
export function formatMoment(time: Date, now: Date, timeZone?: string): string {
  const isNear = Math.abs(time.getTime() - now.getTime()) < 6 * DAY;
  const day = isNear
    ? new Intl.DateTimeFormat('en-GB', { weekday: 'short', timeZone })
    : new Intl.DateTimeFormat('en-GB', {
        day: 'numeric',
        month: 'short',
        year: 'numeric',
        timeZone,
      });
  const clock = new Intl.DateTimeFormat('en-GB', {
    hour: '2-digit',
    minute: '2-digit',
    timeZone,
  });
  return `${day.format(time)} ${clock.format(time)}`;
}

/** The time in full, in the reader's zone and in UTC. */
export function formatAbsolute(time: Date, timeZone?: string): string {
  const utc = time.toISOString().slice(11, 19);
  return `${formatDate(time, timeZone)}, ${local(time, timeZone)} · ${utc} UTC`;
}

/** After how many milliseconds the age of a time reads differently at the latest. */
export function ageChangesIn(time: Date, now: Date): number {
  const age = now.getTime() - time.getTime();
  if (age < MINUTE) {
    return SECOND;
  }
  return age < HOUR ? 10 * SECOND : MINUTE;
}

function formatDate(time: Date, timeZone?: string): string {
  return new Intl.DateTimeFormat('en-GB', {
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    timeZone,
  }).format(time);
}

function local(time: Date, timeZone?: string): string {
  return new Intl.DateTimeFormat('en-GB', {
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    timeZone,
    timeZoneName: 'short',
  }).format(time);
}
