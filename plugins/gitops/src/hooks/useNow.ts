import { useEffect, useState } from 'react';

/**
 * The time, again whenever `changesIn` says that it makes a difference. It
 * stands still while nobody looks at the page.
 */
export function useNow(changesIn: (now: Date) => number): Date {
  const [now, setNow] = useState(() => new Date());
  const period = changesIn(now);

  useEffect(() => {
    let timer: ReturnType<typeof setInterval> | undefined;
    const tick = () => setNow(new Date());
    const follow = () => {
      clearInterval(timer);
      timer = undefined;
      if (document.visibilityState === 'visible') {
        timer = setInterval(tick, period);
      }
    };
    const onVisibilityChange = () => {
      tick();
      follow();
    };
    follow();
    document.addEventListener('visibilitychange', onVisibilityChange);
    return () => {
      clearInterval(timer);
      document.removeEventListener('visibilitychange', onVisibilityChange);
    };
  }, [period]);

  return now;
}
