import { useNow } from '../../hooks/useNow';
import { formatAbsolute, formatMoment } from '../../presentation/time';

const MINUTE = 60_000;

/** When something will be, or was; the time in full, and in which zone, is one hover away. */
export function Moment({
  time,
  timeZone,
}: {
  time: string;
  timeZone?: string;
}) {
  const date = new Date(time);
  const now = useNow(() => MINUTE);
  const there =
    timeZone && `; there: ${formatAbsolute(date, timeZone)}, ${timeZone}`;
  return (
    <time
      dateTime={date.toISOString()}
      title={`${formatAbsolute(date)}${there ?? ''}`}
    >
      {formatMoment(date, now)}
    </time>
  );
}
