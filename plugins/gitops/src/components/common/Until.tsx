import { useNow } from '../../hooks/useNow';
import { formatAbsolute, formatUntil } from '../../presentation/time';

const SECOND = 1_000;

/** How long it is until something happens; the time in full is one hover away. */
export function Until({ time }: { time: string }) {
  const date = new Date(time);
  const now = useNow(() => SECOND);
  return (
    <time dateTime={date.toISOString()} title={formatAbsolute(date)}>
      {formatUntil(date, now)}
    </time>
  );
}
