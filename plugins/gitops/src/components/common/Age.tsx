import { useNow } from '../../hooks/useNow';
import {
  ageChangesIn,
  formatAbsolute,
  formatAge,
} from '../../presentation/time';

/** How long ago something was; the time in full is one hover away. */
export function Age({ time }: { time: string | Date }) {
  const date = new Date(time);
  const now = useNow(it => ageChangesIn(date, it));
  return (
    <time dateTime={date.toISOString()} title={formatAbsolute(date)}>
      {formatAge(date, now)}
    </time>
  );
}
